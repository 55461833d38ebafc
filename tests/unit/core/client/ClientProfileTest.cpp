// SPDX-License-Identifier: Apache-2.0
#include "client/ClientProfile.h"

#include "client/ClientMetadata.h"
#include "client/ClientRules.h"
#include "client/Lifetimes.h"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <string>
#include <vector>

namespace gatehouse {

class ClientProfileTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ClientProfileTest);
    CPPUNIT_TEST(whatIsRegisteredComesFirstAndIsNotSaidAgain);
    CPPUNIT_TEST(defaultsAndSettingsSaySo);
    CPPUNIT_TEST(aProgramHasNothingThatIsAboutPeople);
    CPPUNIT_TEST(aClientOfTodayKeepsToOAuth21);
    CPPUNIT_TEST(oauth21RefusesWhatIsLoose);
    CPPUNIT_TEST(mcpWantsPkceAndTakesLocalhost);
    CPPUNIT_TEST(fapi2WantsKeysAndStrongAlgorithms);
    CPPUNIT_TEST(fapi2TakesEitherBinding);
    CPPUNIT_TEST(theStricterOfTwoHolds);
    CPPUNIT_TEST(weSignByTheFirstThatThereIsAKeyFor);
    CPPUNIT_TEST(whatIsSettledIsAdmitted);
    CPPUNIT_TEST_SUITE_END();

    using Lines = std::vector<PolicyLine>;

    const Lifetimes lifetimes_;

    static ValueMap site() {
        return {{"client_id", "site"},
                {"token_endpoint_auth_method", "client_secret_basic"},
                {"grant_types", ValueList{"authorization_code"}},
                {"redirect_uris", ValueList{"https://site.example/callback"}}};
    }

    Lines policyOf(const ValueMap& metadata) const {
        return effectivePolicy(*clientFromMetadata(metadata), ClientRules(),
                               {lifetimes_.lines(1), {"token_format.jwt"}, {"ES256", "PS256"}});
    }

    static PolicyLine line(const Lines& policy, std::string_view member) {
        const auto found = std::find_if(policy.begin(), policy.end(),
                                        [&](const auto& each) { return each.member == member; });
        return found == policy.end() ? PolicyLine{} : *found;
    }

    /// The members that a profile refuses.
    static std::string refused(std::string_view profile, const Lines& policy) {
        std::string members;
        for (const auto& problem : profileProblems(profile, policy)) {
            members += (members.empty() ? "" : " ") + problem.substr(0, problem.find(':'));
        }
        return members;
    }

public:
    void whatIsRegisteredComesFirstAndIsNotSaidAgain() {
        auto metadata = site();
        metadata.set("pkce", "optional");
        const auto policy = policyOf(metadata);
        CPPUNIT_ASSERT_EQUAL(std::string("client_id"), policy.front().member);
        CPPUNIT_ASSERT_EQUAL(std::string("registered"), line(policy, "pkce").from);
        CPPUNIT_ASSERT_EQUAL(std::ptrdiff_t{1},
                             std::count_if(policy.begin(), policy.end(),
                                           [](const auto& each) { return each.member == "pkce"; }));
    }

    void defaultsAndSettingsSaySo() {
        const auto policy = policyOf(site());
        CPPUNIT_ASSERT(line(policy, "pkce").value == Value("required"));
        CPPUNIT_ASSERT_EQUAL(std::string("default"), line(policy, "pkce").from);
        CPPUNIT_ASSERT(line(policy, "id_token_signed_response_alg").value == Value("RS256"));
        CPPUNIT_ASSERT(line(policy, "access_token_ttl_secs").value == Value(600));
        CPPUNIT_ASSERT_EQUAL(std::string("oauth.access_token_ttl_secs"),
                             line(policy, "access_token_ttl_secs").from);
        CPPUNIT_ASSERT(line(policy, "access_token_format").value == Value("token_format.jwt"));
    }

    void aProgramHasNothingThatIsAboutPeople() {
        const auto policy = policyOf({{"client_id", "program"},
                                      {"token_endpoint_auth_method", "client_secret_basic"},
                                      {"grant_types", ValueList{"client_credentials"}}});
        for (const auto* member : {"pkce", "consent", "id_token_ttl_secs", "refresh_token_ttl_secs",
                                   "id_token_signed_response_alg"}) {
            CPPUNIT_ASSERT_EQUAL(std::string(), line(policy, member).member);
        }
    }

    void aClientOfTodayKeepsToOAuth21() {
        CPPUNIT_ASSERT_EQUAL(std::string(), refused("oauth2.1", policyOf(site())));
    }

    void mcpWantsPkceAndTakesLocalhost() {
        auto metadata = site();
        metadata.set("pkce", "optional");
        metadata.set("any_localhost_port", true);
        metadata.set("redirect_uris", ValueList{"http://localhost/callback"});
        CPPUNIT_ASSERT_EQUAL(std::string("pkce"), refused("mcp", policyOf(metadata)));
        metadata.set("response_types", ValueList{"code", "code id_token"});
        metadata.set("grant_types", ValueList{"authorization_code", "implicit"});
        CPPUNIT_ASSERT_EQUAL(std::string("pkce response_types grant_types"),
                             refused("mcp", policyOf(metadata)));
    }

    void oauth21RefusesWhatIsLoose() {
        auto metadata = site();
        metadata.set("pkce", "optional");
        metadata.set("any_localhost_port", true);
        metadata.set("redirect_uris",
                     ValueList{"https://site.example/callback", "http://localhost/callback"});
        const auto policy = policyOf(metadata);
        CPPUNIT_ASSERT_EQUAL(std::string("pkce redirect_uris any_localhost_port"),
                             refused("oauth2.1", policy));
        CPPUNIT_ASSERT_EQUAL(
            std::string("pkce: optional, and RFC 9700 section 2.1.1 wants required"),
            profileProblems("oauth2.1", policy).front());
    }

    void fapi2WantsKeysAndStrongAlgorithms() {
        CPPUNIT_ASSERT_EQUAL(
            std::string("token_endpoint_auth_method require_pushed_authorization_requests "
                        "dpop_bound_access_tokens id_token_signed_response_alg"),
            refused("fapi2", policyOf(site())));
    }

    void fapi2TakesEitherBinding() {
        auto metadata = site();
        metadata.set("token_endpoint_auth_method", "private_key_jwt");
        metadata.set("jwks", ValueMap{{"keys", ValueList{}}});
        metadata.set("require_pushed_authorization_requests", true);
        metadata.set("tls_client_certificate_bound_access_tokens", true);
        metadata.set("id_token_signed_response_alg", "PS256");
        CPPUNIT_ASSERT_EQUAL(std::string(), refused("fapi2", policyOf(metadata)));
        metadata.set("dpop_bound_access_tokens", false);
        CPPUNIT_ASSERT_EQUAL(std::string(), refused("fapi2", policyOf(metadata)));
        metadata.set("tls_client_certificate_bound_access_tokens", false);
        CPPUNIT_ASSERT_EQUAL(std::string("dpop_bound_access_tokens"),
                             refused("fapi2", policyOf(metadata)));
    }

    void theStricterOfTwoHolds() {
        CPPUNIT_ASSERT_EQUAL(std::string_view("fapi2"), stricterProfile("fapi2", "oauth2.1"));
        CPPUNIT_ASSERT_EQUAL(std::string_view("fapi2"), stricterProfile("oauth2.1", "fapi2"));
        CPPUNIT_ASSERT_EQUAL(std::string_view("oauth2.1"), stricterProfile("", "oauth2.1"));
        CPPUNIT_ASSERT_EQUAL(std::string_view("oauth2.1"), stricterProfile("oauth2.1", "mcp"));
        CPPUNIT_ASSERT_EQUAL(std::string_view("fapi2_message_signing"),
                             stricterProfile("fapi2_message_signing", "fapi2"));
        CPPUNIT_ASSERT_EQUAL(std::string_view(), stricterProfile("", ""));
    }

    static Value settled(const std::vector<std::string_view>& signing, std::string_view member) {
        for (const auto& each : settledMembers("fapi2", signing)) {
            if (each.member == member) {
                return each.value;
            }
        }
        return {};
    }

    void weSignByTheFirstThatThereIsAKeyFor() {
        constexpr auto member = "id_token_signed_response_alg";
        CPPUNIT_ASSERT(settled({"RS256", "EdDSA", "ES256"}, member) == Value("ES256"));
        CPPUNIT_ASSERT(settled({}, member) == Value("PS256"));
        CPPUNIT_ASSERT(settled({"RS256"}, member).isNull());
    }

    void whatIsSettledIsAdmitted() {
        for (const auto& profile : clientProfiles()) {
            Lines policy{{"token_endpoint_auth_method", "private_key_jwt", "registered"}};
            for (const auto& each : settledMembers(profile, {})) {
                policy.push_back({std::string(each.member), each.value, "profile"});
            }
            CPPUNIT_ASSERT_EQUAL(std::string(), refused(profile, policy));
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ClientProfileTest);

}  // namespace gatehouse
