// SPDX-License-Identifier: Apache-2.0
#include "authorization/ClaimsRequest.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class ClaimsRequestTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ClaimsRequestTest);
    CPPUNIT_TEST(nothingSentIsNothingAsked);
    CPPUNIT_TEST(bothMembersAreRead);
    CPPUNIT_TEST(unknownMembersAreIgnored);
    CPPUNIT_TEST(whatHasAnotherShapeIsMalformed);
    CPPUNIT_TEST(aSubjectIsAskedForByValue);
    CPPUNIT_TEST(onlyAnEssentialAcrIsADemand);
    CPPUNIT_TEST_SUITE_END();

    static ClaimsRequest parse(std::string_view text) {
        auto request = ClaimsRequest::parse(text);
        CPPUNIT_ASSERT_MESSAGE(std::string(text), request.has_value());
        return *request;
    }

public:
    void nothingSentIsNothingAsked() {
        CPPUNIT_ASSERT(parse("").userinfo.empty());
        CPPUNIT_ASSERT(parse("{}").idToken.empty());
    }

    void bothMembersAreRead() {
        const auto request =
            parse(R"({"userinfo": {"name": {"essential": true}}, "id_token": {"email": null}})");
        CPPUNIT_ASSERT(request.userinfo.contains("name"));
        CPPUNIT_ASSERT(request.idToken.contains("email"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, request.userinfo.size());
    }

    void unknownMembersAreIgnored() {
        CPPUNIT_ASSERT(parse(R"({"elsewhere": {"name": 7}, "userinfo": null})").userinfo.empty());
        CPPUNIT_ASSERT(
            parse(R"({"userinfo": {"name": {"unheard_of": 1}}})").userinfo.contains("name"));
    }

    void whatHasAnotherShapeIsMalformed() {
        for (const auto* text :
             {"{", "[]", "7", "null", "\"x\"", "{} x", R"({"userinfo": []})",
              R"({"id_token": "name"})", R"({"userinfo": {"name": true}})",
              R"({"userinfo": {"name": "x"}})", R"({"userinfo": {}, "userinfo": {}})"}) {
            CPPUNIT_ASSERT_MESSAGE(text, !ClaimsRequest::parse(text));
        }
    }

    void aSubjectIsAskedForByValue() {
        CPPUNIT_ASSERT_EQUAL(std::string("u1"),
                             parse(R"({"id_token": {"sub": {"value": "u1"}}})").subject());
        CPPUNIT_ASSERT_EQUAL(std::string("u1"),
                             parse(R"({"userinfo": {"sub": {"value": "u1"}}})").subject());
        CPPUNIT_ASSERT_EQUAL(std::string(), parse(R"({"id_token": {"sub": null}})").subject());
        CPPUNIT_ASSERT_EQUAL(std::string(),
                             parse(R"({"id_token": {"sub": {"essential": true}}})").subject());
        CPPUNIT_ASSERT_EQUAL(std::string(),
                             parse(R"({"id_token": {"sub": {"value": 1}}})").subject());
    }

    void onlyAnEssentialAcrIsADemand() {
        const std::vector<std::string> both{"a", "b"};
        CPPUNIT_ASSERT(
            parse(R"({"id_token": {"acr": {"essential": true, "values": ["a", 1, "b"]}}})")
                .essentialAcr() == both);
        CPPUNIT_ASSERT(
            parse(R"({"id_token": {"acr": {"essential": true, "value": "a", "values": ["b"]}}})")
                .essentialAcr() == both);
        for (const auto* text :
             {R"({"id_token": {"acr": null}})", R"({"id_token": {"acr": {"values": ["a"]}}})",
              R"({"id_token": {"acr": {"essential": false, "value": "a"}}})",
              R"({"id_token": {"acr": {"essential": true}}})",
              R"({"userinfo": {"acr": {"essential": true, "value": "a"}}})"}) {
            CPPUNIT_ASSERT_MESSAGE(text, parse(text).essentialAcr().empty());
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ClaimsRequestTest);

}  // namespace gatehouse
