// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/Host.h>
#include <gatehouse/RequestedToken.h>
#include <gatehouse/facade/People.h>
#include <gatehouse/point/ClientMetadataRule.h>
#include <gatehouse/point/Grant.h>

#include "Acting.h"
#include "ExchangePolicy.h"
#include "Narrowing.h"
#include "PolicyMember.h"
#include "ShownToken.h"
#include "text/Contains.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace gatehouse {

namespace {

OAuthError unauthorized(std::string detail) {
    return OAuthError::of(OAuthCode::unauthorizedClient, "This client may not exchange this token",
                          std::move(detail));
}

}  // namespace

/// A token for another one (RFC 8693): of the same subject, for the client itself or with an actor,
/// and never for more than that one was.
class TokenExchangeGrant final : public Grant {
public:
    Status configure(const Config& /*config*/, Host& host) override {
        host_ = &host;
        return done();
    }
    Status start() override {
        people_ = &host_->one<People>();
        for (const auto& rule : host_->all<ClientMetadataRule>()) {
            if (const auto* other = capabilityOf<RequestedToken>(*rule.plugin)) {
                others_.push_back(other);
            }
        }
        return done();
    }
    std::string_view type() const noexcept override {
        return "urn:ietf:params:oauth:grant-type:token-exchange";
    }
    std::vector<std::string_view> parameters() const override {
        return {"subject_token",        "subject_token_type", "actor_token", "actor_token_type",
                "requested_token_type", "resource",           "audience",    "scope"};
    }
    Callers callers() const noexcept override { return Callers::confidential; }

    Result<Entitlement, OAuthError> decide(const TokenRequest& request) const override {
        const auto type = request.form().text("requested_token_type");
        const auto other = std::find_if(others_.begin(), others_.end(), [&](const auto* each) {
            return each->tokenType() == type;
        });
        if (other != others_.end()) {
            return (*other)->give(request);
        }
        if (!type.empty() && type != TokenType::accessToken) {
            return OAuthError::of(OAuthCode::invalidRequest,
                                  "Tokens of this type are not issued here");
        }
        return exchanged(request);
    }

private:
    Result<Entitlement, OAuthError> exchanged(const TokenRequest& request) const {
        const auto policy = ExchangePolicy::of(request.client());
        if (!policy) {
            return unauthorized("it has no token_exchange");
        }
        auto subject = readShown(request, "subject_token");
        if (!subject) {
            return subject.error();
        }
        if (!contains(policy->from, subject->from)) {
            return unauthorized("token_exchange.from of the client does not name " + subject->from);
        }
        auto act = actFor(request, *policy, *subject, *people_);
        if (!act) {
            return act.error();
        }
        auto authorization = narrowed(request.form(), *policy, std::move(subject->authorization));
        if (!authorization) {
            return authorization.error();
        }
        Entitlement entitlement;
        entitlement.authorization = *std::move(authorization);
        entitlement.authorization.actor = *std::move(act);
        entitlement.members.set("issued_token_type", TokenType::accessToken);
        return entitlement;
    }

    Host* host_ = nullptr;
    const People* people_ = nullptr;
    std::vector<const RequestedToken*> others_;
};

/// Without policies nobody exchanges anything.
constexpr const char* needs[] = {"people", "client_metadata_rule",
                                 "client_metadata_rule.token_exchange"};

}  // namespace gatehouse

GATEHOUSE_DESCRIBE(gatehouse::TokenExchangeGrant, "token_exchange", "0.1.0",
                   "Tokens for other tokens, by impersonation or delegation", gatehouse::needs)
GATEHOUSE_LIBRARY(gatehouse::TokenExchangeGrant, gatehouse::PolicyMember)
