// SPDX-License-Identifier: Apache-2.0
#include "passwords/Precis.h"

#include <cppunit/extensions/HelperMacros.h>

#include <string>

namespace gatehouse {

class PrecisTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PrecisTest);
    CPPUNIT_TEST(lettersLoseTheirCaseInEveryScript);
    CPPUNIT_TEST(aComposedLetterAndOneWithAnAccentAreTheSame);
    CPPUNIT_TEST(fullWidthLettersAreTheUsualOnes);
    CPPUNIT_TEST(theExamplesOfTheRfcAreTaken);
    CPPUNIT_TEST(theExamplesOfTheRfcAreRefused);
    CPPUNIT_TEST(whatNobodySeesIsRefusedWhereItStands);
    CPPUNIT_TEST(joinersStandBehindAViramaOnly);
    CPPUNIT_TEST(namesThatCanBeReadInTwoWaysAreRefused);
    CPPUNIT_TEST(passwordsAreComposedAndTheirBlanksAreOne);
    CPPUNIT_TEST(passwordsKeepCaseAndWidthAndEverythingElse);
    CPPUNIT_TEST_SUITE_END();

    void lettersLoseTheirCaseInEveryScript() {
        CPPUNIT_ASSERT_EQUAL(std::string("alice"), name("ALICE"));
        CPPUNIT_ASSERT_EQUAL(std::string("jürgen"), name("JÜRGEN"));
        CPPUNIT_ASSERT_EQUAL(std::string("иван"), name("ИВАН"));
        CPPUNIT_ASSERT_EQUAL(std::string("σας"), name("ΣΑΣ"));
    }

    void aComposedLetterAndOneWithAnAccentAreTheSame() {
        CPPUNIT_ASSERT_EQUAL(name("j\u00fcrgen"), name("ju\u0308rgen"));
    }

    void fullWidthLettersAreTheUsualOnes() {
        CPPUNIT_ASSERT_EQUAL(std::string("ada"), name("\uff21\uff44\uff41"));
    }

    /// RFC 8265 section 3.5, table 1.
    void theExamplesOfTheRfcAreTaken() {
        for (const char* taken : {"juliet@example.com", "fussball", "fu\u00dfball", "\u03c0",
                                  "\u03c3", "\u03c2", "two parts"}) {
            CPPUNIT_ASSERT_EQUAL(std::string(taken), name(taken));
        }
        CPPUNIT_ASSERT_EQUAL(std::string("\u03c3"), name("\u03a3"));
    }

    /// RFC 8265 section 3.5, table 2; the empty one is no login before this is asked.
    void theExamplesOfTheRfcAreRefused() {
        for (const char* refused : {"henry\u2163", "\u265a", "\u221e"}) {
            CPPUNIT_ASSERT_MESSAGE(refused, !problem(refused).message.empty());
        }
        CPPUNIT_ASSERT_EQUAL(
            std::string("U+265A, and only letters, digits and ASCII punctuation are taken"),
            problem("\u265a").message);
    }

    void whatNobodySeesIsRefusedWhereItStands() {
        for (const char* hidden :
             {"\u200b", "\u2060", "\ufeff", "\u00ad", "\u202e", "\u2066", "\u009b", "\u115f"}) {
            const auto found = problem("j\u00fc" + std::string(hidden) + "rgen");
            CPPUNIT_ASSERT_EQUAL(std::size_t{3}, found.at);
            CPPUNIT_ASSERT_MESSAGE(found.message, found.message.find(", which nobody sees") == 6);
        }
    }

    void joinersStandBehindAViramaOnly() {
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, problem("a\u200db").at);
        CPPUNIT_ASSERT_EQUAL(std::string("\u0915\u094d\u200d\u0937"),
                             name("\u0915\u094d\u200d\u0937"));
    }

    /// RFC 5893 section 2.
    void namesThatCanBeReadInTwoWaysAreRefused() {
        CPPUNIT_ASSERT_EQUAL(std::string("\u05d0\u05d1"), name("\u05d0\u05d1"));
        CPPUNIT_ASSERT_EQUAL(std::string("\u05d0\u05d17"), name("\u05d0\u05d17"));
        for (const char* mixed : {"a\u05d0", "\u05d0a", "7\u05d0", "\u05d0-", "\u06277\u0661"}) {
            CPPUNIT_ASSERT_MESSAGE(mixed, !problem(mixed).message.empty());
        }
    }

    /// RFC 8265 section 4.2.
    void passwordsAreComposedAndTheirBlanksAreOne() {
        CPPUNIT_ASSERT_EQUAL(opaqueString("p\u00e4ss"), opaqueString("pa\u0308ss"));
        CPPUNIT_ASSERT_EQUAL(std::string("foo bar baz"), opaqueString("foo\u1680bar\u3000baz"));
    }

    void passwordsKeepCaseAndWidthAndEverythingElse() {
        for (const std::string& kept :
             {std::string("Correct Horse Battery Staple"), std::string(" \t"),
              std::string("\u03c0\u00df\u00e5\uff21"),
              std::string("\U0001f468\u200d\U0001f469\ufe0f"), std::string("no text \xff")}) {
            CPPUNIT_ASSERT_EQUAL(kept, opaqueString(kept));
        }
    }

    static std::string name(const std::string& typed) {
        const auto prepared = usernameCaseMapped(typed);
        const auto* problem = std::get_if<PrecisProblem>(&prepared);
        CPPUNIT_ASSERT_MESSAGE(typed + (problem == nullptr ? "" : ": " + problem->message),
                               problem == nullptr);
        return std::get<std::string>(prepared);
    }
    static PrecisProblem problem(const std::string& typed) {
        const auto prepared = usernameCaseMapped(typed);
        const auto* problem = std::get_if<PrecisProblem>(&prepared);
        CPPUNIT_ASSERT_MESSAGE(typed, problem != nullptr);
        return *problem;
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PrecisTest);

}  // namespace gatehouse
