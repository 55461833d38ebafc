// SPDX-License-Identifier: Apache-2.0
#include "ClientDocument.h"

#include "json/Json.h"
#include "json/Members.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class ClientDocumentTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ClientDocumentTest);
    CPPUNIT_TEST(whatItSaysIsRead);
    CPPUNIT_TEST(oneThatSaysLittleIsAPublicClient);
    CPPUNIT_TEST(theDocumentOfAnotherIsNone);
    CPPUNIT_TEST(whatIsNoObjectIsNone);
    CPPUNIT_TEST(tooLongIsNone);
    CPPUNIT_TEST(secretsAreRefused);
    CPPUNIT_TEST(namesThatDeceiveAreRefused);
    CPPUNIT_TEST(grantsAreThoseForPeople);
    CPPUNIT_TEST(scopesAreThoseThatAreAllowed);
    CPPUNIT_TEST(addressesOfOtherSitesAreNotShown);
    CPPUNIT_TEST_SUITE_END();

    static constexpr const char* url = "https://app.example/client";

    static ValueMap document(ValueMap more = {}) {
        ValueMap all{{"client_id", url}, {"redirect_uris", ValueList{"https://app.example/cb"}}};
        for (const auto& member : more) {
            all.set(member.name, member.value);
        }
        return all;
    }
    static Result<ValueMap> readText(const std::string& text) {
        return readClientDocument(text, url, {"openid", "mcp", "offline_access"});
    }
    static Result<ValueMap> read(ValueMap more = {}) {
        return readText(toJson(document(std::move(more))));
    }
    static void assertRefused(const Result<ValueMap>& read, const std::string& why) {
        CPPUNIT_ASSERT_MESSAGE(why, !read && read.error().fault == Fault::badInput);
        CPPUNIT_ASSERT_MESSAGE(read.error().detail,
                               read.error().detail.find(why) != std::string::npos);
    }

public:
    void whatItSaysIsRead() {
        const auto said = read({{"client_name", "An app"}, {"whatever", 7}});
        CPPUNIT_ASSERT(said);
        CPPUNIT_ASSERT_EQUAL(std::string("An app"), std::string(said->text("client_name")));
        CPPUNIT_ASSERT_EQUAL(std::string("https://app.example/cb"),
                             textsOf(said->find("redirect_uris")).at(0));
    }

    void oneThatSaysLittleIsAPublicClient() {
        const auto said = read();
        CPPUNIT_ASSERT_EQUAL(std::string("none"),
                             std::string(said->text("token_endpoint_auth_method")));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, textsOf(said->find("grant_types")).size());
    }

    void theDocumentOfAnotherIsNone() {
        for (const auto& other : {Value("https://app.example/other"), Value(""), Value(7), Value(),
                                  Value("https://APP.example/client"),
                                  Value("https://app.example:443/client"), Value(ValueList{url})}) {
            assertRefused(read({{"client_id", other}}), "client_id: ");
        }
    }

    void whatIsNoObjectIsNone() {
        for (const auto* text : {"", "[]", "null", "\"x\"", "<html>", "{", "{} {}"}) {
            assertRefused(readText(text), "no JSON object");
        }
        assertRefused(readText(std::string(9000, '[')), "no JSON object");
    }

    void tooLongIsNone() {
        const auto padded = [](std::size_t size) {
            auto text = toJson(document());
            return text + std::string(size - text.size(), ' ');
        };
        CPPUNIT_ASSERT(readText(padded(longestDocument)));
        assertRefused(readText(padded(longestDocument + 1)), "no JSON object");
    }

    void secretsAreRefused() {
        assertRefused(read({{"client_secret", "s3cret"}}), "client_secret: ");
        assertRefused(read({{"client_secret", {}}}), "client_secret: ");
        assertRefused(read({{"client_secret_expires_at", 0}}), "client_secret_expires_at: ");
        for (const auto& method :
             {Value("client_secret_basic"), Value("client_secret_post"), Value("client_secret_jwt"),
              Value("tls_client_auth"), Value(""), Value(1), Value()}) {
            assertRefused(read({{"token_endpoint_auth_method", method}}),
                          "token_endpoint_auth_method: ");
        }
        for (const auto* member : {"d", "k"}) {
            const ValueMap key{{"kty", member[0] == 'k' ? "oct" : "EC"}, {member, "AAAA"}};
            assertRefused(read({{"token_endpoint_auth_method", "private_key_jwt"},
                                {"jwks", ValueMap{{"keys", ValueList{key}}}}}),
                          "jwks: ");
        }
    }

    void namesThatDeceiveAreRefused() {
        assertRefused(read({{"client_name", "An\u202eapp"}}), "client_name: ");
        assertRefused(read({{"client_name#de", std::string(101, 'x')}}), "client_name#de: ");
    }

    void grantsAreThoseForPeople() {
        const auto said =
            read({{"grant_types", ValueList{"implicit", "refresh_token", "client_credentials",
                                            "authorization_code"}},
                  {"response_types", ValueList{"code", "token"}}});
        CPPUNIT_ASSERT((std::vector<std::string>{"refresh_token", "authorization_code"} ==
                        textsOf(said->find("grant_types"))));
        CPPUNIT_ASSERT(!said->contains("response_types"));
        assertRefused(read({{"grant_types", ValueList{"client_credentials"}}}), "grant_types: ");
        assertRefused(read({{"grant_types", "authorization_code"}}), "grant_types: ");
    }

    void scopesAreThoseThatAreAllowed() {
        const ValueList both{"authorization_code", "refresh_token"};
        CPPUNIT_ASSERT_EQUAL(std::string("openid mcp"), std::string(read()->text("scope")));
        CPPUNIT_ASSERT_EQUAL(std::string("openid mcp offline_access"),
                             std::string(read({{"grant_types", both}})->text("scope")));
        CPPUNIT_ASSERT_EQUAL(std::string("mcp"),
                             std::string(read({{"scope", "admin mcp"}})->text("scope")));
        CPPUNIT_ASSERT_EQUAL(std::string(), std::string(read({{"scope", ""}})->text("scope")));
    }

    void addressesOfOtherSitesAreNotShown() {
        const auto said = read({{"client_uri", "https://app.example/about"},
                                {"policy_uri", "https://bank.example/policy"},
                                {"client_uri#de", "https://app.example.evil.example/"},
                                {"tos_uri", "javascript:alert(1)"},
                                {"logo_uri", "https://app.example/logo.png"},
                                {"logo_uri#de", "https://app.example/logo.png"}});
        CPPUNIT_ASSERT_EQUAL(std::string("https://app.example/about"),
                             std::string(said->text("client_uri")));
        for (const auto* member :
             {"policy_uri", "client_uri#de", "tos_uri", "logo_uri", "logo_uri#de"}) {
            CPPUNIT_ASSERT_MESSAGE(member, !said->contains(member));
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ClientDocumentTest);

}  // namespace gatehouse
