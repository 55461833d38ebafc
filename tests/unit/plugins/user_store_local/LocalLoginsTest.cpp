// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/FakeHost.h>

#include "LocalUserStore.h"
#include "json/Json.h"
#include "passwords/Argon2.h"

#include <cppunit/extensions/HelperMacros.h>

#include <string>

namespace gatehouse {

/// Logins and passwords as people type them, and as they were stored before they were prepared.
class LocalLoginsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LocalLoginsTest);
    CPPUNIT_TEST(aLoginIsFoundInAnyCaseAndComposition);
    CPPUNIT_TEST(aLoginThatDiffersInSpellingOnlyIsTaken);
    CPPUNIT_TEST(aLoginWithWhatNobodySeesIsRefused);
    CPPUNIT_TEST(whoWasStoredBeforeIsFoundAsBefore);
    CPPUNIT_TEST(whoWasStoredBeforeIsFoundPreparedOnceSomebodyIsAdded);
    CPPUNIT_TEST(theSpellingOfWhoWasStoredBeforeIsTaken);
    CPPUNIT_TEST(twoOfOneSpellingStayApartAndAreTold);
    CPPUNIT_TEST(removingOneOfThemLeavesTheOther);
    CPPUNIT_TEST(whatCouldNotBeALoginTodayIsStillFoundAndChanged);
    CPPUNIT_TEST(aRenamedLoginIsFree);
    CPPUNIT_TEST(aLoginAnOlderVersionRenamedIsNotFoundByItsOldName);
    CPPUNIT_TEST(aPasswordIsRightHoweverItsAccentsAreTyped);
    CPPUNIT_TEST(aHashOfWhatWasTypedIsGoodAndRenewed);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override {
        const testkit::FakeConfig config{{"memory_kib", 8},
                                         {"iterations", 1},
                                         {"parallelism", 1},
                                         {"threads", 1},
                                         {"queue", 16},
                                         {"weakest_hash", "phpass"},
                                         {"password_min_length", 8}};
        CPPUNIT_ASSERT(store_.configure(config, host_));
        CPPUNIT_ASSERT(store_.start());
    }
    void tearDown() override { store_.stop(); }

private:
    void aLoginIsFoundInAnyCaseAndComposition() {
        const auto id = add("J\u00fcrgen").id;
        for (const char* typed :
             {"j\u00fcrgen", "J\u00dcRGEN", "ju\u0308rgen", " JU\u0308RGEN ", "\uff4a\u00fcrgen"}) {
            CPPUNIT_ASSERT_EQUAL(id, idOf(typed));
        }
        CPPUNIT_ASSERT_EQUAL(std::string("J\u00fcrgen"),
                             store_.findById(context_, id)->value().login);
    }

    void aLoginThatDiffersInSpellingOnlyIsTaken() {
        add("j\u00fcrgen");
        CPPUNIT_ASSERT_EQUAL(std::string("the login is taken"), refusal("Ju\u0308rgen"));
    }

    void aLoginWithWhatNobodySeesIsRefused() {
        CPPUNIT_ASSERT_EQUAL(std::string("a login cannot hold U+200B, which nobody sees"),
                             refusal("ada\u200b"));
        User ada = add("ada");
        ada.login = "ada\u200b";
        CPPUNIT_ASSERT(!editor().update(context_, ada));
        CPPUNIT_ASSERT_EQUAL(std::string(), idOf("ada\u200b"));
    }

    void whoWasStoredBeforeIsFoundAsBefore() {
        storeAsBefore("1", "J\u00dcRGEN", "j\u00dcrgen");
        CPPUNIT_ASSERT_EQUAL(std::string("1"), idOf("J\u00dcRGEN"));
        CPPUNIT_ASSERT_EQUAL(std::string(), idOf("j\u00fcrgen"));
    }

    void whoWasStoredBeforeIsFoundPreparedOnceSomebodyIsAdded() {
        storeAsBefore("1", "J\u00dcRGEN", "j\u00dcrgen");
        add("ada");
        CPPUNIT_ASSERT_EQUAL(std::string("1"), idOf("J\u00dcRGEN"));
        CPPUNIT_ASSERT_EQUAL(std::string("1"), idOf("j\u00fcrgen"));
        CPPUNIT_ASSERT(editor().remove(context_, "1"));
        add("j\u00fcrgen");
        add("ju\u0308ergen");
    }

    void theSpellingOfWhoWasStoredBeforeIsTaken() {
        storeAsBefore("1", "J\u00dcRGEN", "j\u00dcrgen");
        for (const char* spelling : {"J\u00dcRGEN", "j\u00fcrgen", "ju\u0308rgen"}) {
            CPPUNIT_ASSERT_EQUAL(std::string("the login is taken"), refusal(spelling));
        }
    }

    void twoOfOneSpellingStayApartAndAreTold() {
        storeTwoOfOneSpelling();
        add("ada");
        CPPUNIT_ASSERT_EQUAL(std::string("1"), idOf("J\u00dcRGEN"));
        CPPUNIT_ASSERT_EQUAL(std::string("2"), idOf("j\u00fcrgen"));
        CPPUNIT_ASSERT(host_.fakeLog.says("two logins differ in spelling only"));
    }

    void removingOneOfThemLeavesTheOther() {
        storeTwoOfOneSpelling();
        CPPUNIT_ASSERT(editor().remove(context_, "1"));
        CPPUNIT_ASSERT_EQUAL(std::string("2"), idOf("j\u00fcrgen"));
    }

    void whatCouldNotBeALoginTodayIsStillFoundAndChanged() {
        storeAsBefore("1", "ada\u200b", "ada\u200b");
        auto ada = *store_.findByLogin(context_, "ADA\u200b");
        CPPUNIT_ASSERT(ada);
        ada->claims.set("name", "Ada");
        CPPUNIT_ASSERT(editor().update(context_, *ada));
        ada->login = "ada";
        CPPUNIT_ASSERT(editor().update(context_, *ada));
        CPPUNIT_ASSERT_EQUAL(std::string("1"), idOf("ada"));
        CPPUNIT_ASSERT_EQUAL(std::string(), idOf("ada\u200b"));
    }

    void aRenamedLoginIsFree() {
        User ada = add("\u00c4DA");
        ada.login = "\u00e4da";
        CPPUNIT_ASSERT(editor().update(context_, ada));
        ada.login = "bob";
        CPPUNIT_ASSERT(editor().update(context_, ada));
        CPPUNIT_ASSERT_EQUAL(std::string(), idOf("\u00c4DA"));
        CPPUNIT_ASSERT(add("\u00c4da").id != ada.id);
    }

    void aLoginAnOlderVersionRenamedIsNotFoundByItsOldName() {
        const auto id = add("\u00c4da").id;
        storeAsBefore(id, "bob", "bob");
        CPPUNIT_ASSERT_EQUAL(std::string(), idOf("\u00e4da"));
        CPPUNIT_ASSERT_EQUAL(id, idOf("bob"));
    }

    void aPasswordIsRightHoweverItsAccentsAreTyped() {
        add("ada", "pa\u0308ssword");
        CPPUNIT_ASSERT(isRight("ada", "pa\u0308ssword"));
        CPPUNIT_ASSERT(isRight("ada", "p\u00e4ssword"));
        CPPUNIT_ASSERT(!isRight("ada", "password"));
    }

    void aHashOfWhatWasTypedIsGoodAndRenewed() {
        const auto typed = argon2Hash(Secret("pa\u0308ssword"), "saltsalt", {8, 1, 1});
        storeAsBefore("1", "ada", "ada", typed);
        CPPUNIT_ASSERT(!isRight("ada", "p\u00e4ssword"));
        CPPUNIT_ASSERT(isRight("ada", "pa\u0308ssword"));
        CPPUNIT_ASSERT(isRight("ada", "p\u00e4ssword"));
    }

    void storeAsBefore(const std::string& id, const std::string& login, const std::string& key,
                       const std::string& hash = {}) {
        Batch batch;
        batch.puts.resize(2);
        batch.puts[0].kind = "user";
        batch.puts[0].key = id;
        batch.puts[0].payload = toJson(ValueMap{{"login", login}, {"password", hash}});
        batch.puts[1].kind = "user_login";
        batch.puts[1].key = key;
        batch.puts[1].payload = id;
        CPPUNIT_ASSERT(host_.fakeRecords.apply(context_, std::move(batch)));
    }
    void storeTwoOfOneSpelling() {
        storeAsBefore("1", "J\u00dcRGEN", "j\u00dcrgen");
        storeAsBefore("2", "j\u00fcrgen", "j\u00fcrgen");
    }
    UserEditor& editor() { return *store_.editor(); }
    User add(const std::string& login, const std::string& password = "correct horse") {
        User user;
        user.login = login;
        const auto added = editor().add(context_, user, Secret(password));
        CPPUNIT_ASSERT_MESSAGE(added ? "" : login + ": " + added.error().detail, added);
        return *added;
    }
    std::string refusal(const std::string& login) {
        User user;
        user.login = login;
        const auto added = editor().add(context_, user, Secret("correct horse"));
        CPPUNIT_ASSERT_MESSAGE(login, !added);
        return added.error().detail;
    }
    std::string idOf(const std::string& typed) {
        const auto found = store_.findByLogin(context_, typed);
        CPPUNIT_ASSERT(found);
        return *found ? (*found)->id : std::string{};
    }
    bool isRight(const std::string& login, const std::string& password) {
        const auto checked = store_.checkPassword(context_, login, Secret(password));
        CPPUNIT_ASSERT(checked);
        return checked->has_value();
    }

    testkit::FakeHost host_;
    testkit::FakeContext context_;
    LocalUserStore store_;
};

CPPUNIT_TEST_SUITE_REGISTRATION(LocalLoginsTest);

}  // namespace gatehouse
