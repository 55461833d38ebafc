// SPDX-License-Identifier: Apache-2.0
#include "client/ClientMetadata.h"

#include "client/ClientKeys.h"
#include "client/ClientRules.h"
#include "client/OwnClientRules.h"
#include "client/OwnWords.h"
#include "client/RedirectUri.h"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>

namespace gatehouse {

class ClientMetadataTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ClientMetadataTest);
    CPPUNIT_TEST(everyMistakeIsTold);
    CPPUNIT_TEST(whatIsLeftOutGetsTheRfcsDefaults);
    CPPUNIT_TEST(eachMistakeIsNamed);
    CPPUNIT_TEST(keysArePublicAndOfUse);
    CPPUNIT_TEST(aMisspeltNameIsToldWithASuggestion);
    CPPUNIT_TEST(aGrantOfSomebodyElsesPluginIsTaken);
    CPPUNIT_TEST(aTokenFormatIsOneOfThoseConfigured);
    CPPUNIT_TEST(aClientSurvivesTheStorage);
    CPPUNIT_TEST(responseTypesGoWithTheirGrants);
    CPPUNIT_TEST(whatWasRegisteredByOlderRulesIsStillRead);
    CPPUNIT_TEST(noRuleOfTodayMakesAStoredClientAnError);
    CPPUNIT_TEST(eachOwnMemberHasOneRule);
    CPPUNIT_TEST(aTextInALanguageIsHeldAgainstTheRuleOfItsMember);
    CPPUNIT_TEST(whereLoginsAreStartedIsAnHttpsUrl);
    CPPUNIT_TEST(aClientIsToldWhatItSaidWithDefaults);
    CPPUNIT_TEST(wherePeopleGoAfterwardsIsCheckedAsRedirectUrisAre);
    CPPUNIT_TEST_SUITE_END();

    static ValueMap site() {
        return {{"client_id", "site"}, {"redirect_uris", ValueList{"https://site.example/cb"}}};
    }

    static std::string problemWith(std::string_view member, Value value) {
        auto metadata = site();
        metadata.set(member, std::move(value));
        const auto client = clientFromMetadata(metadata);
        const auto checked = client ? checkRedirectUris(client->redirectUris, client->metadata)
                                    : Status(client.error());
        return checked ? "" : checked.error().detail;
    }

    static std::string keyProblem(ValueList keys) {
        auto metadata = site();
        metadata.set("jwks", ValueMap{{"keys", std::move(keys)}});
        metadata.set("token_endpoint_auth_method", "private_key_jwt");
        const auto status = checkClientKeys(*clientFromMetadata(metadata), ClientRules());
        return status ? std::string() : status.error().detail;
    }

public:
    void wherePeopleGoAfterwardsIsCheckedAsRedirectUrisAre() {
        const auto problem = [](const char* uri) {
            auto metadata = site();
            metadata.set("post_logout_redirect_uris", ValueList{uri});
            const auto told = clientProblems(metadata);
            return told.empty() ? std::string() : told.front();
        };
        CPPUNIT_ASSERT_EQUAL(std::string(), problem("https://site.example/bye?a=b"));
        CPPUNIT_ASSERT_EQUAL(std::string(), problem("com.example.app:/bye"));
        for (const auto* wrong : {"https://site.example/#x", "http://site.example/", "/bye",
                                  "javascript:alert(1)", "https://*.example/"}) {
            CPPUNIT_ASSERT_MESSAGE(wrong, problem(wrong).find("post_logout_redirect_uris: ") == 0);
        }
    }

    void everyMistakeIsTold() {
        std::string members;
        for (const auto& problem :
             clientProblems({{"client_id", "shop"},
                             {"redirect_uris", ValueList{"http://shop.example/cb"}},
                             {"logo_uri", "ftp://shop.example/"},
                             {"scope", "\""}})) {
            members += problem.substr(0, problem.find(':')) + " ";
        }
        CPPUNIT_ASSERT_EQUAL(std::string("scope redirect_uris logo_uri "), members);
    }

    void whatIsLeftOutGetsTheRfcsDefaults() {
        const auto client = clientFromMetadata(site());
        CPPUNIT_ASSERT(client);
        CPPUNIT_ASSERT_EQUAL(std::string("client_secret_basic"), client->authMethod);
        CPPUNIT_ASSERT(client->allowsGrant("authorization_code"));
        CPPUNIT_ASSERT(!client->allowsGrant("refresh_token"));
        CPPUNIT_ASSERT(client->scopes.contains("openid"));
        CPPUNIT_ASSERT(!client->scopes.contains("offline_access"));
    }

    void eachMistakeIsNamed() {
        const struct {
            const char* member;
            Value value;
        } mistakes[] = {
            {"client_id", ""},
            {"client_id", " a"},
            {"client_id", 7},
            {"redirect_uris", "https://site.example/cb"},
            {"redirect_uris", ValueList{}},
            {"redirect_uris", ValueList{"http://site.example/cb"}},
            {"token_endpoint_auth_method", "password"},
            {"grant_types", "authorization_code"},
            {"grant_types", ValueList{"pigeon"}},
            {"grant_types", ValueList{"urn:ietf:params:oauth:grant-type:pigeon"}},
            {"token_endpoint_auth_signing_alg", "none"},
            {"response_types", ValueList{"code", "token"}},
            {"scope", "a\"b"},
            {"id_token_signed_response_alg", 256},
            {"access_token_format", ValueList{"jwt"}},
            {"pkce", "off"},
            {"logo_uri", "javascript:alert(1)"},
            {"jwks", ValueList{}},
        };
        for (const auto& mistake : mistakes) {
            const auto problem = problemWith(mistake.member, mistake.value);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(mistake.member + (": " + problem), std::size_t{0},
                                         problem.find(mistake.member));
        }
        auto open = site();
        open.set("token_endpoint_auth_method", "none");
        open.set("pkce", "optional");
        CPPUNIT_ASSERT(!clientFromMetadata(open));
    }

    void keysArePublicAndOfUse() {
        const ValueMap good{{"kty", "OKP"},
                            {"crv", "Ed25519"},
                            {"x", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}};
        auto withPrivate = good;
        withPrivate.set("d", "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A");
        auto forEncryption = good;
        forEncryption.set("use", "enc");
        const ValueMap symmetric{{"kty", "oct"}, {"k", "AAAA"}};
        CPPUNIT_ASSERT_EQUAL(std::string(), keyProblem({good}));
        CPPUNIT_ASSERT_EQUAL(std::string(), keyProblem({forEncryption, good}));
        CPPUNIT_ASSERT_EQUAL(std::string("jwks: holds no key that verifies signatures"),
                             keyProblem({}));
        CPPUNIT_ASSERT_EQUAL(std::string("jwks: holds no key that verifies signatures; key 1: the "
                                         "key is not for signatures"),
                             keyProblem({forEncryption}));
        CPPUNIT_ASSERT_EQUAL(std::string("jwks: key 2 is a private or symmetric one; give the "
                                         "public half alone"),
                             keyProblem({good, withPrivate}));
        CPPUNIT_ASSERT(!keyProblem({symmetric}).empty());
        CPPUNIT_ASSERT(!keyProblem({"text"}).empty());
    }

    void aMisspeltNameIsToldWithASuggestion() {
        CPPUNIT_ASSERT(problemWith("grant_types", ValueList{"refresh-token"})
                           .find("did you mean \"refresh_token\"?") != std::string::npos);
        CPPUNIT_ASSERT(problemWith("token_endpoint_auth_method", "client_secret_basik")
                           .find("did you mean \"client_secret_basic\"?") != std::string::npos);
        CPPUNIT_ASSERT(problemWith("grant_types", ValueList{"pigeon"}).find("did you mean") ==
                       std::string::npos);
    }

    void aGrantOfSomebodyElsesPluginIsTaken() {
        CPPUNIT_ASSERT_EQUAL(std::string(),
                             problemWith("grant_types", ValueList{"https://example.org/grant/sms",
                                                                  "authorization_code"}));
    }

    void aTokenFormatIsOneOfThoseConfigured() {
        auto metadata = site();
        metadata.set("access_token_format", "macaroon_v2");
        const auto client = *clientFromMetadata(metadata);
        CPPUNIT_ASSERT(checkClientTokenFormat(client, {"jwt", "macaroon_v2"}));
        CPPUNIT_ASSERT(!checkClientTokenFormat(client, {"jwt", "opaque"}));
        CPPUNIT_ASSERT(checkClientTokenFormat(client, {}));
        CPPUNIT_ASSERT(checkClientTokenFormat(*clientFromMetadata(site()), {"jwt"}));
    }

    void responseTypesGoWithTheirGrants() {
        const auto isGood = [](ValueList types, ValueList grants) {
            auto metadata = site();
            metadata.set("response_types", std::move(types));
            metadata.set("grant_types", std::move(grants));
            return clientProblems(metadata).empty();
        };
        const ValueList codes{"authorization_code"};
        const ValueList both{"authorization_code", "implicit"};
        CPPUNIT_ASSERT(isGood({"code"}, codes));
        CPPUNIT_ASSERT(isGood({"code", "id_token code", "token id_token"}, both));
        CPPUNIT_ASSERT(isGood({"id_token"}, {"implicit"}));
        CPPUNIT_ASSERT(isGood({"code receipt"}, codes));
        CPPUNIT_ASSERT(!isGood({"code", "code"}, codes));
        CPPUNIT_ASSERT(!isGood({"code id_token", "id_token code"}, both));
        CPPUNIT_ASSERT(!isGood({"code id_token"}, codes));
        CPPUNIT_ASSERT(!isGood({"code id_token"}, {"implicit"}));
        CPPUNIT_ASSERT(!isGood({"id_token token"}, codes));
        for (const auto* text : {"token", "code code", "code  id_token", "cod", "a\"b", ""}) {
            CPPUNIT_ASSERT_MESSAGE(text, !isGood({text}, both));
        }
    }

    void whatWasRegisteredByOlderRulesIsStillRead() {
        auto client = *clientFromMetadata(site());
        client.redirectUris = {"https://site.example/*"};
        const auto read = clientFromPayload(clientPayload(client));
        CPPUNIT_ASSERT(read);
        CPPUNIT_ASSERT(!checkRedirectUris(read->redirectUris, read->metadata));
    }

    void noRuleOfTodayMakesAStoredClientAnError() {
        const auto read = clientFromPayload(
            R"({"metadata":{"client_id":"old","token_endpoint_auth_method":"pigeon",)"
            R"("grant_types":["pigeon"],"response_types":["token"],"pkce":"off","scope":"a\"b",)"
            R"("redirect_uris":7,"jwks":[],"logo_uri":7},"secrets":[]})");
        CPPUNIT_ASSERT_MESSAGE(read ? "" : read.error().detail, bool(read));
        CPPUNIT_ASSERT_EQUAL(std::string("pigeon"), read->authMethod);
        CPPUNIT_ASSERT(read->allowsGrant("pigeon"));
        CPPUNIT_ASSERT(read->redirectUris.empty());
        CPPUNIT_ASSERT(!clientFromMetadata(clientMetadata(*read)));
    }

    void eachOwnMemberHasOneRule() {
        std::vector<std::string_view> known;
        for (const auto& rule : ownClientRules()) {
            for (const auto member : rule.members) {
                CPPUNIT_ASSERT_MESSAGE(std::string(member), std::find(known.begin(), known.end(),
                                                                      member) == known.end());
                known.push_back(member);
            }
        }
    }

    void aTextInALanguageIsHeldAgainstTheRuleOfItsMember() {
        auto metadata = site();
        metadata.set("client_name#de", "Laden");
        metadata.set("logo_uri#de", "https://site.example/de.png");
        CPPUNIT_ASSERT(clientFromMetadata(metadata));
        metadata.set("logo_uri#de", "javascript:alert(1)");
        CPPUNIT_ASSERT(!clientFromMetadata(metadata));
        metadata.erase("logo_uri#de");
        metadata.set("client_name#de", 7);
        CPPUNIT_ASSERT(!clientFromMetadata(metadata));
        CPPUNIT_ASSERT(localizedMember("redirect_uris#de").empty());
        CPPUNIT_ASSERT(localizedMember("client_name#").empty());
        CPPUNIT_ASSERT(!localizedMember("client_name#zh-Hant-TW").empty());
        for (const auto& tag : {std::string("d\u00e9"), std::string("a b"), std::string("<b>"),
                                std::string("de_DE"), std::string("a#b"), std::string(36, 'a')}) {
            CPPUNIT_ASSERT_MESSAGE(tag, localizedMember("client_name#" + tag).empty());
        }
    }

    void whereLoginsAreStartedIsAnHttpsUrl() {
        for (const char* uri : {"http://site.example/start", "https://", "javascript:alert(1)",
                                "https://site.example/#a", "//site.example"}) {
            auto metadata = site();
            metadata.set("initiate_login_uri", uri);
            CPPUNIT_ASSERT_MESSAGE(uri, !clientFromMetadata(metadata));
        }
        auto metadata = site();
        metadata.set("initiate_login_uri", "https://site.example/start?a=b");
        CPPUNIT_ASSERT(clientFromMetadata(metadata));
    }

    void aClientIsToldWhatItSaidWithDefaults() {
        auto metadata = site();
        metadata.set("consent", "implicit");
        metadata.set("client_name#de", "Laden");
        const auto told = selfDescription(ClientRules(), *clientFromMetadata(metadata));
        CPPUNIT_ASSERT(!told.contains("consent"));
        CPPUNIT_ASSERT_EQUAL(std::string("Laden"), std::string(told.text("client_name#de")));
        CPPUNIT_ASSERT_EQUAL(std::string("RS256"),
                             std::string(told.text("id_token_signed_response_alg")));
        CPPUNIT_ASSERT(*told.find("response_types") == Value(ValueList{"code"}));
        CPPUNIT_ASSERT_EQUAL(std::string("web"), std::string(told.text("application_type")));
    }

    void aClientSurvivesTheStorage() {
        auto metadata = site();
        metadata.set("logo_uri", "https://site.example/logo.png");
        auto client = *clientFromMetadata(metadata);
        client.isDisabled = true;
        client.secrets.push_back(
            {"s1", "hash", "\x01\xff sealed", fromSeconds(1000), fromSeconds(2000)});
        const auto read = clientFromPayload(clientPayload(client));
        CPPUNIT_ASSERT(read);
        CPPUNIT_ASSERT(clientMetadata(client) == clientMetadata(*read));
        CPPUNIT_ASSERT(read->isDisabled);
        CPPUNIT_ASSERT_EQUAL(std::string("hash"), read->secrets.at(0).hash);
        CPPUNIT_ASSERT_EQUAL(client.secrets.at(0).sealed, read->secrets.at(0).sealed);
        CPPUNIT_ASSERT(read->secrets.at(0).expires == fromSeconds(2000));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ClientMetadataTest);

}  // namespace gatehouse
