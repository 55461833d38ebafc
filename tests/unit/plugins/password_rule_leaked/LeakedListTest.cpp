// SPDX-License-Identifier: Apache-2.0
#include "LeakedList.h"

#include "LeakedFile.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class LeakedListTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LeakedListTest);
    CPPUNIT_TEST(allThatIsOnItIsFoundAndNothingElse);
    CPPUNIT_TEST(aLineAloneIsAList);
    CPPUNIT_TEST(formsOfLinesAreTaken);
    CPPUNIT_TEST(whatIsNoListIsRefused);
    CPPUNIT_TEST(aBrokenMiddleIsToldWhenItIsMet);
    CPPUNIT_TEST(aFileThatIsCutOffMeanwhileEndsNothing);
    CPPUNIT_TEST(aFileThatAnybodyCanWriteIsRefused);
    CPPUNIT_TEST_SUITE_END();

    LeakedFile file_;

    LeakedList list() {
        auto list = LeakedList::open(file_.path());
        CPPUNIT_ASSERT_MESSAGE(list ? "" : list.error().detail, list);
        return *std::move(list);
    }
    static bool has(const LeakedList& list, const std::string& password) {
        const auto found = list.contains(Secret(password));
        CPPUNIT_ASSERT_MESSAGE(found ? "" : found.error().detail, found);
        return *found;
    }
    std::string refusal(const std::string& text) {
        file_.writeText(text);
        const auto list = LeakedList::open(file_.path());
        CPPUNIT_ASSERT_MESSAGE(text, !list && list.error().fault == Fault::badInput);
        return list.error().detail;
    }

public:
    void allThatIsOnItIsFoundAndNothingElse() {
        for (const int count : {2, 3, 1000}) {
            std::vector<std::string> passwords;
            for (int number = 0; number < count; ++number) {
                passwords.push_back("leaked " + std::to_string(number));
            }
            file_.write(passwords);
            const auto leaked = list();
            for (int number = 0; number < count; ++number) {
                CPPUNIT_ASSERT(has(leaked, "leaked " + std::to_string(number)));
                CPPUNIT_ASSERT(!has(leaked, "mine " + std::to_string(number)));
            }
        }
    }

    void aLineAloneIsAList() {
        file_.write({"letmein"});
        const auto leaked = list();
        CPPUNIT_ASSERT(has(leaked, "letmein"));
        CPPUNIT_ASSERT(!has(leaked, "letmeout"));
    }

    void formsOfLinesAreTaken() {
        const auto hash = LeakedFile::sha1("letmein");
        std::string small = hash;
        for (char& digit : small) {
            digit = static_cast<char>(std::tolower(digit));
        }
        for (const auto& line : {hash, hash + "\n", small + ":1\n", hash + "\r\n",
                                 hash + ":9223372036854775807\r\n"}) {
            file_.writeText(line);
            CPPUNIT_ASSERT_MESSAGE(line, has(list(), "letmein"));
        }
    }

    void whatIsNoListIsRefused() {
        const auto hash = LeakedFile::sha1("letmein");
        for (const auto& text : {std::string(), std::string("\n"), std::string("letmein\n"),
                                 hash + "x:1\n", hash.substr(1) + ":1\n", std::string(1000, 'A'),
                                 "\xef\xbb\xbf" + hash + ":1\n", std::string(200, '\0')}) {
            const auto said = refusal(text);
            CPPUNIT_ASSERT_MESSAGE(said, said.find(file_.path()) != std::string::npos);
            CPPUNIT_ASSERT_MESSAGE(said, said.find("letmein") == std::string::npos);
        }
    }

    void aBrokenMiddleIsToldWhenItIsMet() {
        file_.writeText(std::string(40, '0') + ":1\n" + std::string(300, 'x') + "\n" +
                        std::string(40, 'F') + ":1\n");
        const auto found = list().contains(Secret("letmein"));
        CPPUNIT_ASSERT(!found && found.error().fault == Fault::badInput);
    }

    void aFileThatIsCutOffMeanwhileEndsNothing() {
        file_.write({"one", "two", "three", "four", "five"});
        const auto leaked = list();
        file_.writeText("");
        CPPUNIT_ASSERT(!has(leaked, "one"));
    }

    void aFileThatAnybodyCanWriteIsRefused() {
        file_.write({"letmein"});
        CPPUNIT_ASSERT_EQUAL(0, ::chmod(file_.path().c_str(), 0666));
        CPPUNIT_ASSERT(!LeakedList::open(file_.path()));
        CPPUNIT_ASSERT(!LeakedList::open(file_.path() + ".missing"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(LeakedListTest);

}  // namespace gatehouse
