// SPDX-License-Identifier: Apache-2.0
#include "SignedClaims.h"

#include <cppunit/extensions/HelperMacros.h>

#include <vector>

namespace gatehouse {

class SignedClaimsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SignedClaimsTest);
    CPPUNIT_TEST(aGoodOneBreaksNoRule);
    CPPUNIT_TEST(whatIsWrongIsFound);
    CPPUNIT_TEST(parametersAreThoseOfAForm);
    CPPUNIT_TEST_SUITE_END();

    static constexpr std::int64_t now = 1'700'000'000;

    static std::string problem(std::string_view name, Value value) {
        ValueMap claims{{"iss", "shop"},    {"aud", "https://id.example"},
                        {"exp", now + 300}, {"nbf", now},
                        {"iat", now},       {"jti", "one"}};
        claims.set(std::string(name), std::move(value));
        Client client;
        client.id = "shop";
        return signedProblem(claims, Issuer{1, "https://id.example", ""}, client, fromSeconds(now));
    }

public:
    void aGoodOneBreaksNoRule() {
        for (const auto& [name, value] : std::vector<std::pair<std::string, Value>>{
                 {"scope", "openid"},
                 {"aud", ValueList{"https://other.example", "https://id.example"}},
                 {"exp", now + 3600},
                 {"client_id", "shop"},
                 {"sub", "ada"},
                 {"nbf", now + 8}}) {
            CPPUNIT_ASSERT_EQUAL_MESSAGE(name, std::string(), problem(name, value));
        }
    }

    void whatIsWrongIsFound() {
        for (const auto& [name, value] :
             std::vector<std::pair<std::string, Value>>{{"iss", "bank"},
                                                        {"iss", Value()},
                                                        {"aud", "https://id.example/"},
                                                        {"aud", ValueList()},
                                                        {"aud", Value()},
                                                        {"exp", Value()},
                                                        {"exp", now},
                                                        {"exp", now + 3601},
                                                        {"exp", "soon"},
                                                        {"nbf", Value()},
                                                        {"nbf", now + 61},
                                                        {"nbf", now - 3400},
                                                        {"iat", Value()},
                                                        {"iat", now + 61},
                                                        {"iat", "now"},
                                                        {"jti", Value()},
                                                        {"jti", ""},
                                                        {"jti", 1},
                                                        {"jti", std::string(256, 'x')},
                                                        {"sub", "shop"},
                                                        {"client_id", "bank"},
                                                        {"request", "a.b.c"},
                                                        {"request_uri", "urn:x"}}) {
            CPPUNIT_ASSERT_MESSAGE(name, !problem(name, value).empty());
        }
    }

    void parametersAreThoseOfAForm() {
        const auto form = parametersOf({{"iss", "shop"},
                                        {"jti", "x"},
                                        {"scope", "openid"},
                                        {"requested_expiry", 10},
                                        {"resource", ValueList{"https://a.example", "urn:b"}},
                                        {"claims", ValueMap{{"userinfo", ValueMap()}}},
                                        {"acr_values", Value()}});
        CPPUNIT_ASSERT_EQUAL(std::size_t{5}, form.fields().size());
        CPPUNIT_ASSERT_EQUAL(std::string("10"), std::string(form.text("requested_expiry")));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, form.count("resource"));
        CPPUNIT_ASSERT_EQUAL(std::string(R"({"userinfo":{}})"), std::string(form.text("claims")));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SignedClaimsTest);

}  // namespace gatehouse
