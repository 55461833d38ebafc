// SPDX-License-Identifier: Apache-2.0
// Lets a story use what a grant may say and no grant of ours does. Against the SDK alone.
#include <gatehouse/Host.h>
#include <gatehouse/Tickets.h>
#include <gatehouse/point/Grant.h>

#include <string>

namespace {

using namespace gatehouse;

class TicketGrant final : public Grant {
public:
    Status configure(const Config& /*config*/, Host& host) override {
        host_ = &host;
        return done();
    }
    std::string_view type() const noexcept override { return "urn:example:ticket"; }
    std::vector<std::string_view> parameters() const override {
        return {"issue", "kind", "ticket", "second", "say", "member", "person"};
    }

    Result<Entitlement, OAuthError> decide(const TokenRequest& request) const override {
        const Form& form = request.form();
        if (form.has("issue")) {
            return issue(request);
        }
        const auto kind = form.has("kind") ? form.text("kind") : "seat";
        for (const auto* name : {"second", "ticket"}) {
            if (!form.has(name)) {
                continue;
            }
            auto opened = request.openTicket(kind, form.text(name));
            if (!opened) {
                return opened.error();
            }
            if (std::string_view(name) == "ticket") {
                return entitle(request, *std::move(opened));
            }
        }
        return OAuthError::of(OAuthCode::invalidRequest, "There is no ticket");
    }

private:
    Result<Entitlement, OAuthError> issue(const TokenRequest& request) const {
        Authorization authorization;
        authorization.subject = Subject::person("local", std::string(request.form().text("issue")));
        authorization.scopes = {"openid", "profile"};
        auto ticket = host_->tickets().issue(request.context(), "seat", request.client(),
                                             authorization, seconds{60});
        if (!ticket) {
            return OAuthError::from(ticket.error());
        }
        auto entitlement = Entitlement::of(Subject::of(request.client()), {});
        entitlement.members.set("ticket", *ticket);
        return entitlement;
    }

    static Result<Entitlement, OAuthError> entitle(const TokenRequest& request,
                                                   Authorization authorization) {
        const Form& form = request.form();
        if (form.has("say")) {
            return OAuthError::of(form.text("say"), "Not yet");
        }
        authorization.actor = {{"sub", request.client().id}};
        if (form.has("person")) {
            authorization.subject = Subject::person("local", std::string(form.text("person")));
        }
        auto entitlement = Entitlement::from(std::move(authorization));
        entitlement.members = {
            {std::string(form.has("member") ? form.text("member") : "issued_token_type"),
             "urn:ietf:params:oauth:token-type:access_token"}};
        return entitlement;
    }

    Host* host_ = nullptr;
};

constexpr const char* needs[] = {"storage"};

}  // namespace

GATEHOUSE_PLUGIN(TicketGrant, "ticket", "1.0.0", "Issues and opens tickets of its own", needs)
