// SPDX-License-Identifier: Apache-2.0
#include "jose/CompactJws.h"

#include "text/Base64Url.h"

#include <cppunit/extensions/HelperMacros.h>

#include <string>

namespace gatehouse {

class CompactJwsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CompactJwsTest);
    CPPUNIT_TEST(itsPartsAreTakenApart);
    CPPUNIT_TEST(exactlyThreePartsAreNeeded);
    CPPUNIT_TEST(everyPartIsStrictBase64url);
    CPPUNIT_TEST(theHeaderIsAnObjectWithATextAlg);
    CPPUNIT_TEST(aNameTwiceInTheHeaderIsRefused);
    CPPUNIT_TEST(critAndB64AreRefused);
    CPPUNIT_TEST(aKidThatIsNoTextIsRefused);
    CPPUNIT_TEST(moreThanSixtyFourKibibytesAreRefused);
    CPPUNIT_TEST_SUITE_END();

    static bool accepts(const std::string& header) {
        return parseJws(base64url(header) + "." + base64url("{}") + ".AAAA").has_value();
    }

public:
    void itsPartsAreTakenApart() {
        const auto text = base64url(R"({"alg":"ES256","kid":"k","typ":"JWT"})") + "." +
                          base64url("any text") + ".AAEC";
        const auto jws = parseJws(text);
        CPPUNIT_ASSERT(jws);
        CPPUNIT_ASSERT_EQUAL(std::string("ES256"), std::string(jws->header.text("alg")));
        CPPUNIT_ASSERT_EQUAL(std::string("any text"), jws->payload);
        CPPUNIT_ASSERT_EQUAL(std::string("\0\1\2", 3), jws->signature);
        CPPUNIT_ASSERT_EQUAL(text.substr(0, text.size() - 5), std::string(jws->signingInput));
    }

    void exactlyThreePartsAreNeeded() {
        const auto head = base64url(R"({"alg":"RS256"})");
        CPPUNIT_ASSERT(parseJws(head + ".e30.AAAA"));
        CPPUNIT_ASSERT(parseJws(head + ".e30."));
        for (const auto& text :
             {std::string(), std::string("."), std::string(".."), std::string("..."), head,
              head + ".e30", head + ".e30.AAAA.junk", head + ".e30.AAAA.", "." + head + ".e30.AAAA",
              head + ".a.b.c.d"}) {
            CPPUNIT_ASSERT_MESSAGE(text, !parseJws(text));
        }
    }

    void everyPartIsStrictBase64url() {
        const auto head = base64url(R"({"alg":"RS256"})");
        CPPUNIT_ASSERT(!parseJws(head + "=.e30.AAAA"));
        CPPUNIT_ASSERT(!parseJws(head + ".e30=.AAAA"));
        CPPUNIT_ASSERT(!parseJws(head + ".e30.AAAA="));
        CPPUNIT_ASSERT(!parseJws(head + ".e30.AA A"));
        CPPUNIT_ASSERT(!parseJws(head + ".e30.AB"));
        CPPUNIT_ASSERT(!parseJws(head + ".e31.AAAA"));
        CPPUNIT_ASSERT(!parseJws(head + ".e30.AA+A"));
        CPPUNIT_ASSERT(!parseJws(" " + head + ".e30.AAAA"));
        CPPUNIT_ASSERT(!parseJws(head + ".e30.AAAA\n"));
    }

    void theHeaderIsAnObjectWithATextAlg() {
        CPPUNIT_ASSERT(accepts(R"({"alg":"x"})"));
        for (const char* header :
             {"", "[]", "\"alg\"", "null", "{}", R"({"alg":""})", R"({"alg":null})", R"({"alg":1})",
              R"({"alg":["RS256"]})", R"({"ALG":"RS256"})",
              R"({"alg":"RS256"} )"
              "x"}) {
            CPPUNIT_ASSERT_MESSAGE(header, !accepts(header));
        }
    }

    void aNameTwiceInTheHeaderIsRefused() {
        CPPUNIT_ASSERT(!accepts(R"({"alg":"RS256","alg":"none"})"));
        CPPUNIT_ASSERT(!accepts(R"({"alg":"RS256","al\u0067":"none"})"));
    }

    void critAndB64AreRefused() {
        CPPUNIT_ASSERT(!accepts(R"({"alg":"RS256","crit":["exp"],"exp":1})"));
        CPPUNIT_ASSERT(!accepts(R"({"alg":"RS256","crit":[]})"));
        CPPUNIT_ASSERT(!accepts(R"({"alg":"RS256","b64":false})"));
        CPPUNIT_ASSERT(!accepts(R"({"alg":"RS256","b64":true})"));
    }

    void aKidThatIsNoTextIsRefused() {
        CPPUNIT_ASSERT(accepts(R"({"alg":"RS256","kid":"1"})"));
        CPPUNIT_ASSERT(!accepts(R"({"alg":"RS256","kid":1})"));
        CPPUNIT_ASSERT(!accepts(R"({"alg":"RS256","kid":null})"));
    }

    void moreThanSixtyFourKibibytesAreRefused() {
        auto text = base64url(R"({"alg":"RS256"})") + ".e30.";
        text += std::string((maximumJwsSize - text.size()) / 4 * 4, 'A');
        CPPUNIT_ASSERT(parseJws(text));
        CPPUNIT_ASSERT(!parseJws(text + "AAAA"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(CompactJwsTest);

}  // namespace gatehouse
