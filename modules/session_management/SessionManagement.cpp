// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/Host.h>
#include <gatehouse/point/HttpModule.h>

#include "SessionState.h"
#include "StatePage.h"

namespace gatehouse {

namespace {

constexpr const char* path = "/api/oauth/session";

}  // namespace

/// Owns the check_session_iframe (OpenID Connect Session Management 1.0).
class SessionManagement final : public HttpModule {
public:
    Status configure(const Config& /*config*/, Host& host) override {
        host_ = &host;
        return done();
    }
    Status start() override {
        for (const auto& named : host_->all<AnswerMember>()) {
            if (const auto* state = dynamic_cast<SessionState*>(named.plugin)) {
                state_ = state;
            }
        }
        return state_ != nullptr
                   ? done()
                   : Error::badInput("answer_member.session_state is not the one that comes with "
                                     "this module: take the plugin that has its name away");
    }
    std::vector<Route> routes() override {
        return {{"GET", path, Lane::people, [this](const Context& context, const HttpRequest&) {
                     return statePage(host_->crypto(), state_->cookieName(context.issuer));
                 }}};
    }
    void describe(const Issuer& issuer, ValueMap& metadata) const override {
        metadata.set("check_session_iframe", issuer.url + path);
    }

private:
    Host* host_ = nullptr;
    const SessionState* state_ = nullptr;  ///< of the same library
};

constexpr const char* needs[] = {"answer_member", "answer_member.session_state"};

}  // namespace gatehouse

GATEHOUSE_DESCRIBE(gatehouse::SessionManagement, "session_management", "0.1.0",
                   "Sites ask by a frame whether somebody is still signed in", gatehouse::needs)
GATEHOUSE_DESCRIBE(gatehouse::SessionState, "session_state", "0.1.0",
                   "Answers tell what a site asks the frame of module.session_management by")
GATEHOUSE_LIBRARY(gatehouse::SessionManagement, gatehouse::SessionState)
