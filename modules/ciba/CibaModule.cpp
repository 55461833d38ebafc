// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/GrantRoutes.h>
#include <gatehouse/point/HttpModule.h>

#include "ApprovalPage.h"
#include "AuthenticationEndpoint.h"
#include "CibaClients.h"
#include "CibaMembers.h"
#include "json/Members.h"

#include <chrono>
#include <optional>
#include <utility>

namespace gatehouse {

/// Owns the backchannel authentication endpoint and /approvals (OpenID Connect CIBA), where an
/// issuer has the grant.
class CibaModule final : public HttpModule {
public:
    Status configure(const Config& config, Host& host) override {
        host_ = &host;
        grant_.emplace(host, cibaGrant, "approvals.not_here");
        settings_.lifetime = std::chrono::duration_cast<seconds>(config.duration("expires_in"));
        settings_.interval = std::chrono::duration_cast<seconds>(config.duration("interval"));
        settings_.mostOfPerson = config.number("most_of_person");
        settings_.mostOfClient = config.number("most_of_client");
        settings_.mostUnknown = config.number("most_unknown");
        return done();
    }
    Status start() override {
        for (const auto& named : host_->all<ClientMetadataRule>()) {
            if (const auto* rule = dynamic_cast<CibaClients*>(named.plugin)) {
                rule_ = rule;
            }
        }
        if (rule_ == nullptr) {
            return Error::badInput("client_metadata_rule.ciba is not the one that comes with this "
                                   "module: take the plugin that has its name away");
        }
        endpoint_.emplace(*host_, settings_, rule_->requests());
        page_.emplace(*host_, rule_->requests());
        return done();
    }
    std::vector<Route> routes() override {
        return {grant_->endpoint(AuthenticationEndpoint::path, Lane::people, endpoint_),
                grant_->page("GET", ApprovalPage::path, page_, &ApprovalPage::show),
                grant_->page("POST", ApprovalPage::path, page_, &ApprovalPage::post),
                grant_->page("GET", "/approvals/ask/{id}", page_, &ApprovalPage::askOne),
                grant_->page("GET", ApprovalPage::donePath, page_, &ApprovalPage::tellEnd)};
    }
    /// OpenID Connect CIBA section 4.
    void describe(const Issuer& issuer, ValueMap& metadata) const override {
        if (grant_->areAt(issuer)) {
            metadata.set("backchannel_authentication_endpoint",
                         issuer.url + AuthenticationEndpoint::path);
            metadata.set("backchannel_token_delivery_modes_supported",
                         ValueList(deliveryModes.begin(), deliveryModes.end()));
            metadata.set("backchannel_authentication_request_signing_alg_values_supported",
                         listOfTexts(rule_->algorithms()));
            metadata.set("backchannel_user_code_parameter_supported", false);
        }
    }

private:
    Host* host_ = nullptr;
    std::optional<GrantRoutes> grant_;
    CibaSettings settings_;
    const CibaClients* rule_ = nullptr;  ///< of the same library
    std::optional<AuthenticationEndpoint> endpoint_;
    std::optional<ApprovalPage> page_;
};

constexpr Field fields[] = {
    {"expires_in", Kind::duration, byDefault("5m"),
     "how long a person can decide; a client may ask for less", between(10'000, 3'600'000)},
    {"interval", Kind::duration, byDefault("5s"),
     "how long a client waits between two questions, and an approver is left alone",
     between(1'000, 60'000)},
    {"most_of_person", Kind::number, byDefault("5"),
     "how many requests may ask one person within expires_in", between(1, 1'000'000)},
    {"most_of_client", Kind::number, byDefault("1000"),
     "how many requests a client may send within expires_in", between(1, 1'000'000'000)},
    {"most_unknown", Kind::number, byDefault("100"),
     "how many hints of a client may name nobody, in an hour", between(1, 1'000'000)},
};

constexpr const char* needs[] = {"clients",
                                 "client_auth",
                                 "client_metadata_rule",
                                 "client_metadata_rule.ciba",
                                 "pages",
                                 "people",
                                 "requests",
                                 "sessions",
                                 "tokens",
                                 "module.login"};

}  // namespace gatehouse

GATEHOUSE_DESCRIBE(gatehouse::CibaModule, "ciba", "0.1.0",
                   "Clients have people asked on another device than theirs", gatehouse::fields,
                   gatehouse::needs)
GATEHOUSE_LIBRARY(gatehouse::CibaModule, gatehouse::CibaClients)
