// SPDX-License-Identifier: Apache-2.0
#include "UserFile.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

namespace {

const std::string hash = "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f";

}  // namespace

class UserFileTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(UserFileTest);
    CPPUNIT_TEST(aLineIsAUser);
    CPPUNIT_TEST(claimsMayFollow);
    CPPUNIT_TEST(anExclamationMarkDisables);
    CPPUNIT_TEST(commentsAndEmptyLinesAreSkipped);
    CPPUNIT_TEST(linesMayEndAsOnWindows);
    CPPUNIT_TEST(theIdIsTheLoginInLowerCase);
    CPPUNIT_TEST(aLoginIsFoundHoweverItIsSpelled);
    CPPUNIT_TEST(usersAreListedPageByPageAsTheyStand);
    CPPUNIT_TEST(anEmptyFileHasNoUsers);
    CPPUNIT_TEST(everyProblemIsToldWithLineAndColumn);
    CPPUNIT_TEST(hashesOfOtherProgramsAreTaken);
    CPPUNIT_TEST(hashesThatAreNotTakenAreNamed);
    CPPUNIT_TEST(moreProblemsAreCounted);
    CPPUNIT_TEST(theDearestHashIsKnown);
    CPPUNIT_TEST_SUITE_END();

    void aLineIsAUser() {
        const auto file = read("ada:" + hash + "\n");
        const auto* ada = file.find("ada");
        CPPUNIT_ASSERT(ada != nullptr);
        CPPUNIT_ASSERT_EQUAL(std::string("ada"), ada->user.login);
        CPPUNIT_ASSERT_EQUAL(hash, ada->password);
        CPPUNIT_ASSERT(!ada->user.isDisabled);
        CPPUNIT_ASSERT(ada->user.claims.empty());
    }

    void claimsMayFollow() {
        const auto file =
            read("ada:" + hash + R"(:{"name":"Ada: Countess","email_verified":true})");
        const auto* ada = file.find("ada");
        CPPUNIT_ASSERT(ada != nullptr);
        CPPUNIT_ASSERT(ada->user.claims == (ValueMap{
                                               {"name", "Ada: Countess"},
                                               {"email_verified", true},
                                           }));
    }

    void anExclamationMarkDisables() {
        const auto file = read("ada:!" + hash);
        CPPUNIT_ASSERT(file.find("ada")->user.isDisabled);
        CPPUNIT_ASSERT_EQUAL(hash, file.find("ada")->password);
    }

    void commentsAndEmptyLinesAreSkipped() {
        const auto file = read("# staff\n\n   \n  # more\nada:" + hash + "\n\n");
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, file.size());
    }

    void linesMayEndAsOnWindows() {
        const auto file = read("ada:" + hash + "\r\nbob:" + hash + ":{}\r\n");
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, file.size());
    }

    void theIdIsTheLoginInLowerCase() {
        const auto file = read("Ada:" + hash);
        CPPUNIT_ASSERT_EQUAL(std::string("Ada"), file.find("ADA")->user.login);
        CPPUNIT_ASSERT_EQUAL(std::string("ada"), file.find("ADA")->user.id);
        CPPUNIT_ASSERT(file.findById("ada") != nullptr);
        CPPUNIT_ASSERT(file.findById("Ada") == nullptr);
    }

    void aLoginIsFoundHoweverItIsSpelled() {
        const auto file = read("J\u00dcRGEN:" + hash);
        const auto* one = file.find("ju\u0308rgen");
        CPPUNIT_ASSERT(one != nullptr);
        // What the sites know people by was made of this: it stays.
        CPPUNIT_ASSERT_EQUAL(std::string("j\u00dcrgen"), one->user.id);
        CPPUNIT_ASSERT(file.findById("j\u00dcrgen") == one);
    }

    void usersAreListedPageByPageAsTheyStand() {
        const auto file = read("cleo:" + hash + "\nada:" + hash + "\nbob:" + hash + "\n");
        const auto first = file.list({}, 2);
        CPPUNIT_ASSERT(first);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, first->users.size());
        CPPUNIT_ASSERT_EQUAL(std::string("cleo"), first->users[0].login);
        const auto second = file.list(first->next, 2);
        CPPUNIT_ASSERT(second);
        CPPUNIT_ASSERT_EQUAL(std::string("bob"), second->users.at(0).login);
        CPPUNIT_ASSERT(second->next.empty());
        CPPUNIT_ASSERT(file.list({}, 3)->next.empty());
        CPPUNIT_ASSERT(!file.list("nobody", 2));
    }

    void anEmptyFileHasNoUsers() {
        CPPUNIT_ASSERT(read("").list({}, 1)->users.empty());
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, read("").size());
        CPPUNIT_ASSERT(read("").dearestHash().empty());
    }

    void everyProblemIsToldWithLineAndColumn() {
        const std::string ada = "ada:" + hash + "\n";
        refused("f:1:4: no ':' after the login", "ada");
        refused("f:1:1: a login is", ":" + hash);
        refused("f:1:1: a login is", "a\tb:" + hash);
        refused("f:2:5: not a password hash of a form that is known", ada + "bob:secret");
        refused("f:1:5: not a password hash of a form that is known", "ada:");
        refused("f:1:6: not a password hash of a form that is known", "ada:!");
        refused("f:1:4: a login cannot hold U+200B, which nobody sees", "ada\u200b:" + hash);
        refused("f:2:1: login \"ju\u0308rgen\" stands in line 1 already",
                "J\u00dcRGEN:" + hash + "\nju\u0308rgen:" + hash);
        refused("f:2:1: login \"ADA\" stands in line 1 already", ada + "ADA:" + hash);
        const auto third = std::to_string(ada.size() + 1);
        refused("f:1:" + third + ": the claims are not", "ada:" + hash + ":name");
        refused("f:1:" + third + ": the claims are not", "ada:" + hash + ":");
        refused("f:1:" + third + ": the claims are not", "ada:" + hash + ":[1]");
        refused("f:1:" + third + ": claim \"name\" is empty", "ada:" + hash + R"(:{"name":""})");
        refused("f:1:" + third + ": claim \"name\" is empty", "ada:" + hash + R"(:{"name":null})");
        refused("f:1:" + third + ": claim \"sub\" is the server's",
                "ada:" + hash + R"(:{"sub":"x"})");
        refused("f:1:1: the file begins with a byte order mark", "\xEF\xBB\xBF" + ada);
    }

    void hashesOfOtherProgramsAreTaken() {
        const std::string bcrypt = "$2b$05$" + std::string(53, 'a');
        const std::string phpass = "$P$B" + std::string(30, 'a');
        const auto file = read("ada:" + bcrypt + ":{}\nbob:!" + phpass + "\n");
        CPPUNIT_ASSERT_EQUAL(bcrypt, file.find("ada")->password);
        CPPUNIT_ASSERT_EQUAL(phpass, file.find("bob")->password);
        CPPUNIT_ASSERT_EQUAL(bcrypt, file.dearestHash());
    }

    void hashesThatAreNotTakenAreNamed() {
        refused("f:1:5: this is Apache's MD5", "ada:$apr1$salt$hash");
        refused("f:1:5: this is ssha, and weakest_hash is phpass",
                "ada:{SSHA}o6/HNqJe0yQf2CndML41M0ui3ilNKYUw");
        refused("f:1:6: this bcrypt hash takes more time", "ada:!$2b$31$" + std::string(53, 'a'));
    }

    void moreProblemsAreCounted() {
        refused("f:1:4: no ':' after the login\nf:2:4: no ':' after the login\n", "ada\nbob\nc:\n");
        std::string many;
        for (int i = 0; i < 25; ++i) {
            many += "ada\n";
        }
        refused("\nf: and 5 more problems", many);
    }

    void theDearestHashIsKnown() {
        std::string dear = hash;
        dear.replace(dear.find("m=8"), 3, "m=9");
        const auto file = read("ada:" + hash + "\nbob:" + dear + "\ncleo:" + hash + "\n");
        CPPUNIT_ASSERT_EQUAL(dear, file.dearestHash());
    }

    static UserFile read(const std::string& text) {
        auto file = UserFile::read(text, "f", "phpass");
        CPPUNIT_ASSERT_MESSAGE(file ? "" : file.error().detail, file);
        return *std::move(file);
    }
    static void refused(const std::string& message, const std::string& text) {
        const auto file = UserFile::read(text, "f", "phpass");
        CPPUNIT_ASSERT_MESSAGE(message, !file);
        CPPUNIT_ASSERT_MESSAGE(file.error().detail,
                               file.error().detail.find(message) != std::string::npos);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(UserFileTest);

}  // namespace gatehouse
