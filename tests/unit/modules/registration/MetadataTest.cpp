// SPDX-License-Identifier: Apache-2.0
#include "Metadata.h"

#include <gatehouse/testkit/FacadeBed.h>
#include <gatehouse/testkit/FakeContext.h>

#include "Refusal.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class MetadataTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(MetadataTest);
    CPPUNIT_TEST(aBodyIsAJsonObject);
    CPPUNIT_TEST(aBodyEndsSomewhere);
    CPPUNIT_TEST(onlyItsOwnWordsAreTaken);
    CPPUNIT_TEST(theResponseTypesAreThoseOfTheGrants);
    CPPUNIT_TEST(aRefusalTellsOfMetadataAlone);
    CPPUNIT_TEST_SUITE_END();

    testkit::FacadeBed bed_;
    testkit::FakeContext context_;

    static HttpRequest request(std::string body, std::string type = "application/json") {
        HttpRequest sent;
        sent.headers.push_back({"content-type", std::move(type)});
        sent.body = std::move(body);
        return sent;
    }

public:
    void aBodyIsAJsonObject() {
        CPPUNIT_ASSERT(readBody(request("{}")));
        CPPUNIT_ASSERT(readBody(request("{}", "application/json;charset=UTF-8")));
        CPPUNIT_ASSERT(readBody(request("{}", "Application/JSON; charset=utf-8")));
        for (const char* body : {"", "[]", "null", "{", "{}{}"}) {
            CPPUNIT_ASSERT_MESSAGE(body, !readBody(request(body)));
        }
        for (const char* type : {"", "text/plain", "application/jsonx"}) {
            CPPUNIT_ASSERT_MESSAGE(type, !readBody(request("{}", type)));
        }
    }

    void aBodyEndsSomewhere() {
        const auto body = [](std::size_t length) {
            return R"({"a":")" + std::string(length, 'x') + R"("})";
        };
        CPPUNIT_ASSERT(readBody(request(body(16'000))));
        CPPUNIT_ASSERT(!readBody(request(body(17'000))));
    }

    void onlyItsOwnWordsAreTaken() {
        const auto words =
            ownWordsOf(bed_.host, bed_.clients, context_,
                       {{"client_name", "Shop"}, {"scope", {}}, {"client_id", "x"}, {"kept", 1}});
        CPPUNIT_ASSERT(words);
        CPPUNIT_ASSERT(*words == ValueMap({{"client_name", "Shop"}}));
        CPPUNIT_ASSERT(!ownWordsOf(bed_.host, bed_.clients, context_, {{"client_name", "\u202e"}}));
        CPPUNIT_ASSERT(!ownWordsOf(bed_.host, bed_.clients, context_,
                                   {{"jwks", ValueMap()}, {"jwks_uri", "https://a.example"}}));
    }

    void theResponseTypesAreThoseOfTheGrants() {
        const auto isGood = [](const ValueMap& words) { return bool(checkResponseTypes(words)); };
        const ValueList code{"code"};
        const ValueList other{"client_credentials"};
        CPPUNIT_ASSERT(isGood({}) && isGood({{"grant_types", other}}));
        CPPUNIT_ASSERT(isGood({{"response_types", code}}));
        CPPUNIT_ASSERT(isGood({{"response_types", ValueList{}}, {"grant_types", other}}));
        CPPUNIT_ASSERT(isGood({{"response_types", ValueList{"id_token code"}}}));
        CPPUNIT_ASSERT(!isGood({{"response_types", ValueList{"id_token"}}}));
        CPPUNIT_ASSERT(!isGood({{"response_types", ValueList{}}}));
        CPPUNIT_ASSERT(!isGood({{"response_types", code}, {"grant_types", other}}));
    }

    void aRefusalTellsOfMetadataAlone() {
        const auto redirect = refusalOf(Error::badInput("redirect_uris: \"x\" has a fragment"));
        CPPUNIT_ASSERT_EQUAL(std::string("invalid_redirect_uri"), redirect.code);
        CPPUNIT_ASSERT_EQUAL(std::string("redirect_uris: 'x' has a fragment"),
                             redirect.description);
        CPPUNIT_ASSERT_EQUAL(std::string("invalid_client_metadata"),
                             refusalOf(Error::badInput("scope: no")).code);
        const auto away = refusalOf(Error::unavailable("postgresql://secret"));
        CPPUNIT_ASSERT_EQUAL(503, away.httpStatus());
        CPPUNIT_ASSERT(away.description.find("secret") == std::string::npos);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(MetadataTest);

}  // namespace gatehouse
