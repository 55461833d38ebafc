// SPDX-License-Identifier: Apache-2.0
#include "CibaClients.h"

#include <gatehouse/testkit/ClientMetadataRuleContract.h>
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/HostBed.h>

namespace gatehouse {

namespace {

struct CibaClientsBed : testkit::HostBed {
    std::unique_ptr<ClientMetadataRule> make() {
        auto rule = std::make_unique<CibaClients>();
        CPPUNIT_ASSERT(rule->configure(testkit::FakeConfig(fieldsOf<CibaClients>()), host));
        return rule;
    }
    static ValueMap with(std::string_view member, Value value) {
        ValueMap metadata{{"grant_types", ValueList{"urn:openid:params:grant-type:ciba"}},
                          {"backchannel_token_delivery_mode", "ping"},
                          {"backchannel_client_notification_endpoint", "https://shop.example/ping"},
                          {"backchannel_authentication_request_signing_alg", "ES256"},
                          {"backchannel_user_code_parameter", false},
                          {"jwks", ValueMap()}};
        metadata.set(member, std::move(value));
        return metadata;
    }
    ValueMap good() {
        return {{"backchannel_token_delivery_mode", "ping"},
                {"backchannel_client_notification_endpoint", "https://shop.example/ping?a=b"},
                {"backchannel_user_code_parameter", false}};
    }
    std::vector<ValueMap> bad() {
        std::vector<ValueMap> all;
        for (const auto* mode : {"push", "Poll", ""}) {
            all.push_back(with("backchannel_token_delivery_mode", mode));
        }
        for (const auto* uri : {"", "ftp://shop.example/", "/ping", "https://shop.example/#x",
                                "https://ada@shop.example/"}) {
            all.push_back(with("backchannel_client_notification_endpoint", uri));
        }
        for (const auto* algorithm : {"none", "HS256", "RS256"}) {
            all.push_back(with("backchannel_authentication_request_signing_alg", algorithm));
        }
        all.push_back(with("backchannel_token_delivery_mode", Value()));
        all.push_back(with("backchannel_client_notification_endpoint", Value()));
        all.push_back(with("backchannel_user_code_parameter", true));
        all.push_back(with("backchannel_user_code_parameter", "false"));
        all.push_back(with("jwks", Value()));
        return all;
    }
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::ClientMetadataRuleContract<CibaClientsBed>);

}  // namespace gatehouse
