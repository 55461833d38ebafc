// SPDX-License-Identifier: Apache-2.0
#include "LocalUserStore.h"

#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/FakeHost.h>

#include "json/Json.h"
#include "passwords/Argon2.h"

#include <cppunit/extensions/HelperMacros.h>

#include <map>
#include <thread>

namespace gatehouse {

class LocalUserStoreTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LocalUserStoreTest);
    CPPUNIT_TEST(loginsAreFoundInAnyAsciiCaseAndKeptAsWritten);
    CPPUNIT_TEST(aLoginThatDiffersInCaseOnlyIsTaken);
    CPPUNIT_TEST(changingOnlyTheCaseOfALoginIsAllowed);
    CPPUNIT_TEST(unusableLoginsAreRefused);
    CPPUNIT_TEST(shortLongAndBrokenPasswordsAreRefused);
    CPPUNIT_TEST(passwordLengthCountsCharacters);
    CPPUNIT_TEST(aUserWithoutPasswordCannotLogInWithAny);
    CPPUNIT_TEST(thePasswordIsStoredAsAHashOfTheConfiguredCost);
    CPPUNIT_TEST(anOlderHashIsRenewedAtLogin);
    CPPUNIT_TEST(aHashThatSomebodyBringsAlongIsRenewedAtLogin);
    CPPUNIT_TEST(aHashThatLetsNobodyInIsNotTaken);
    CPPUNIT_TEST(aWrongPasswordRenewsNothing);
    CPPUNIT_TEST(aRenewalLosesAgainstAnotherChange);
    CPPUNIT_TEST(everyChangeIsAnnouncedToOtherNodes);
    CPPUNIT_TEST(aLoginAnnouncesNothing);
    CPPUNIT_TEST(emptyClaimsAreDropped);
    CPPUNIT_TEST(whenItWasMadeAndChangedIsKept);
    CPPUNIT_TEST(concurrentChangesOfOneUserAllHappen);
    CPPUNIT_TEST(issuersHaveUsersOfTheirOwn);
    CPPUNIT_TEST(aDamagedRecordIsAnInternalFault);
    CPPUNIT_TEST(hashingThatIsStoppedIsUnavailable);
    CPPUNIT_TEST(tooLittleMemoryForTheLanesIsRefusedWithItsPlace);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override {
        configure(store_, 8);
        CPPUNIT_ASSERT(store_.start());
    }
    void tearDown() override { store_.stop(); }

private:
    void loginsAreFoundInAnyAsciiCaseAndKeptAsWritten() {
        add(" Ada ");
        for (const char* login : {"ada", "ADA", " aDa "}) {
            const auto found = store_.findByLogin(context_, login);
            CPPUNIT_ASSERT(found && *found);
            CPPUNIT_ASSERT_EQUAL(std::string("Ada"), (*found)->login);
        }
    }

    void aLoginThatDiffersInCaseOnlyIsTaken() {
        add("ada");
        User second;
        second.login = "ADA";
        const auto added = editor().add(context_, second, Secret(password_));
        CPPUNIT_ASSERT(!added);
        CPPUNIT_ASSERT_EQUAL(std::string("the login is taken"), added.error().detail);
    }

    void changingOnlyTheCaseOfALoginIsAllowed() {
        User ada = add("ada");
        ada.login = "Ada";
        CPPUNIT_ASSERT(editor().update(context_, ada));
        CPPUNIT_ASSERT_EQUAL(std::string("Ada"), (*store_.findByLogin(context_, "ada"))->login);
    }

    void unusableLoginsAreRefused() {
        User ada = add("ada");
        for (const std::string& login : {std::string(), std::string("  "), std::string("a\nb"),
                                         std::string("\xFF"), std::string(256, 'a')}) {
            User user;
            user.login = login;
            const auto added = editor().add(context_, user, Secret(password_));
            CPPUNIT_ASSERT(!added && added.error().fault == Fault::badInput);
            ada.login = login;
            const auto updated = editor().update(context_, ada);
            CPPUNIT_ASSERT(!updated && updated.error().fault == Fault::badInput);
        }
        CPPUNIT_ASSERT(*store_.findByLogin(context_, "ada"));
    }

    void shortLongAndBrokenPasswordsAreRefused() {
        const User ada = add("ada");
        for (const std::string& password :
             {std::string("1234567"), std::string(1025, 'a'), std::string("1234567\xFF")}) {
            User user;
            user.login = "bob";
            CPPUNIT_ASSERT(!editor().add(context_, user, Secret(password)));
            CPPUNIT_ASSERT(!editor().setPassword(context_, ada.id, Secret(password)));
        }
        CPPUNIT_ASSERT(!editor().setPassword(context_, ada.id, Secret("")));
        CPPUNIT_ASSERT(editor().setPassword(context_, ada.id, Secret("12345678")));
        CPPUNIT_ASSERT(editor().setPassword(context_, ada.id, Secret(std::string(1024, 'a'))));
    }

    void passwordLengthCountsCharacters() {
        const User ada = add("ada");
        CPPUNIT_ASSERT(!editor().setPassword(context_, ada.id, Secret("ääääääé")));
        CPPUNIT_ASSERT(editor().setPassword(context_, ada.id, Secret("ääääääéé")));
    }

    void aUserWithoutPasswordCannotLogInWithAny() {
        User user;
        user.login = "ada";
        CPPUNIT_ASSERT(editor().add(context_, user, Secret("")));
        for (const char* password : {"", "ada", "any password"}) {
            const auto checked = store_.checkPassword(context_, "ada", Secret(password));
            CPPUNIT_ASSERT(checked && !*checked);
        }
    }

    void thePasswordIsStoredAsAHashOfTheConfiguredCost() {
        add("ada");
        CPPUNIT_ASSERT(argon2Cost(storedHash()) == (Argon2Cost{8, 1, 1}));
        CPPUNIT_ASSERT(argon2Verify(Secret(password_), storedHash()));
    }

    void anOlderHashIsRenewedAtLogin() {
        add("ada");
        const auto old = storedHash();
        LocalUserStore dearer;
        configure(dearer, 16);
        CPPUNIT_ASSERT(dearer.start());
        CPPUNIT_ASSERT(*dearer.checkPassword(context_, "ada", Secret(password_)));
        const auto renewed = storedHash();
        CPPUNIT_ASSERT(argon2Cost(renewed) == (Argon2Cost{16, 1, 1}));
        CPPUNIT_ASSERT(*dearer.checkPassword(context_, "ada", Secret(password_)));
        CPPUNIT_ASSERT_EQUAL(renewed, storedHash());
        CPPUNIT_ASSERT(renewed != old);
        dearer.stop();
    }

    /// Made by bcrypt, of "correct horse".
    void aHashThatSomebodyBringsAlongIsRenewedAtLogin() {
        const User ada = add("ada");
        const std::string bcrypt = "$2b$06$7icTUjGi7vcIR5nhvmUGzeLwhVk2aG4gcVfLgFInZmp3JIDyhPdXa";
        CPPUNIT_ASSERT(store_.setPasswordHash(context_, ada.id, bcrypt));
        CPPUNIT_ASSERT_EQUAL(bcrypt, storedHash());
        CPPUNIT_ASSERT(!*store_.checkPassword(context_, "ada", Secret(password_)));
        CPPUNIT_ASSERT_EQUAL(bcrypt, storedHash());
        for (int login = 0; login < 2; ++login) {
            CPPUNIT_ASSERT(*store_.checkPassword(context_, "ada", Secret("correct horse")));
            CPPUNIT_ASSERT(argon2Cost(storedHash()) == (Argon2Cost{8, 1, 1}));
        }
    }

    void aHashThatLetsNobodyInIsNotTaken() {
        const User ada = add("ada");
        const auto old = storedHash();
        for (const auto& [told, hash] : std::map<std::string, std::string>{
                 {"not a password hash of a form that is known", "secret"},
                 {"this is MD5 crypt, which is too weak to be taken", "$1$salt$hash"},
                 {"this bcrypt hash takes more time or memory to check than is allowed",
                  "$2b$31$" + std::string(53, 'a')}}) {
            const auto status = store_.setPasswordHash(context_, ada.id, hash);
            CPPUNIT_ASSERT(!status && status.error().fault == Fault::badInput);
            CPPUNIT_ASSERT_EQUAL(told, status.error().detail);
        }
        CPPUNIT_ASSERT(!store_.setPasswordHash(context_, "nobody", old));
        CPPUNIT_ASSERT_EQUAL(old, storedHash());
    }

    void aWrongPasswordRenewsNothing() {
        add("ada");
        const auto old = storedHash();
        LocalUserStore dearer;
        configure(dearer, 16);
        CPPUNIT_ASSERT(dearer.start());
        CPPUNIT_ASSERT(!*dearer.checkPassword(context_, "ada", Secret("wrong password")));
        CPPUNIT_ASSERT_EQUAL(old, storedHash());
        dearer.stop();
    }

    void aRenewalLosesAgainstAnotherChange() {
        const User ada = add("ada");
        LocalUsers users(host_);
        auto seen = *users.find(context_, ada.id);
        CPPUNIT_ASSERT(editor().setPassword(context_, ada.id, Secret("a newer password")));
        seen->password = "stale";
        const auto isKept = users.keepRehashed(context_, *seen);
        CPPUNIT_ASSERT(isKept && !*isKept);
        CPPUNIT_ASSERT(*store_.checkPassword(context_, "ada", Secret("a newer password")));
    }

    void everyChangeIsAnnouncedToOtherNodes() {
        User ada = add("ada");
        ada.isDisabled = true;
        CPPUNIT_ASSERT(editor().update(context_, ada));
        CPPUNIT_ASSERT(editor().setPassword(context_, ada.id, Secret("a newer password")));
        CPPUNIT_ASSERT(editor().remove(context_, ada.id));
        const auto notices = host_.fakeRecords.notices();
        CPPUNIT_ASSERT_EQUAL(std::size_t{4}, notices.size());
        for (const auto& notice : notices) {
            CPPUNIT_ASSERT_EQUAL(std::string("user"), notice.topic);
            CPPUNIT_ASSERT_EQUAL(ada.id, notice.key);
            CPPUNIT_ASSERT(notice.expires > host_.fakeClock.now());
        }
    }

    void aLoginAnnouncesNothing() {
        add("ada");
        LocalUserStore dearer;
        configure(dearer, 16);
        CPPUNIT_ASSERT(dearer.start());
        CPPUNIT_ASSERT(*dearer.checkPassword(context_, "ada", Secret(password_)));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, host_.fakeRecords.notices().size());
        dearer.stop();
    }

    void emptyClaimsAreDropped() {
        User user;
        user.login = "ada";
        user.claims = {
            {"name", ""},
            {"email", Value{}},
            {"email_verified", false},
            {"zoneinfo", "UTC"},
        };
        const auto added = editor().add(context_, user, Secret(password_));
        const auto found = *store_.findById(context_, added->id);
        CPPUNIT_ASSERT(found->claims == (ValueMap{
                                            {"email_verified", false},
                                            {"zoneinfo", "UTC"},
                                        }));
    }

    void whenItWasMadeAndChangedIsKept() {
        User ada = add("ada");
        const auto made = host_.fakeClock.now();
        host_.fakeClock.advance(seconds{5});
        CPPUNIT_ASSERT(editor().update(context_, ada));
        LocalUsers users(host_);
        const auto stored = *users.find(context_, ada.id);
        CPPUNIT_ASSERT(stored->created == made);
        CPPUNIT_ASSERT(stored->updated == made + seconds{5});
    }

    void concurrentChangesOfOneUserAllHappen() {
        const User ada = add("ada");
        std::vector<std::thread> changing;
        std::atomic<int> failures{0};
        for (int number = 0; number < 4; ++number) {
            changing.emplace_back([&, number] {
                const Secret password("password number " + std::to_string(number));
                failures += editor().setPassword(context_, ada.id, password) ? 0 : 1;
            });
        }
        for (auto& thread : changing) {
            thread.join();
        }
        CPPUNIT_ASSERT_EQUAL(0, failures.load());
        CPPUNIT_ASSERT_EQUAL(std::size_t{5}, host_.fakeRecords.notices().size());
    }

    void issuersHaveUsersOfTheirOwn() {
        const User ada = add("ada");
        const testkit::FakeContext other(2, "https://other.example.org");
        CPPUNIT_ASSERT(!*store_.findByLogin(other, "ada"));
        CPPUNIT_ASSERT(!*store_.findById(other, ada.id));
        CPPUNIT_ASSERT(!*store_.checkPassword(other, "ada", Secret(password_)));
    }

    void aDamagedRecordIsAnInternalFault() {
        const User ada = add("ada");
        Record record = host_.fakeRecords.all("user").at(0);
        record.payload = "{";
        Batch batch;
        batch.puts.push_back(record);
        CPPUNIT_ASSERT(host_.fakeRecords.apply(context_, batch));
        const auto found = store_.findById(context_, ada.id);
        CPPUNIT_ASSERT(!found && found.error().fault == Fault::internal);
        const auto checked = store_.checkPassword(context_, "ada", Secret(password_));
        CPPUNIT_ASSERT(!checked && checked.error().fault == Fault::internal);
    }

    void hashingThatIsStoppedIsUnavailable() {
        add("ada");
        store_.stop();
        const auto checked = store_.checkPassword(context_, "ada", Secret(password_));
        CPPUNIT_ASSERT(!checked && checked.error().fault == Fault::unavailable);
        CPPUNIT_ASSERT_EQUAL(1.0, host_.fakeMetrics.value("gatehouse_password_refused_total"));
    }

    void tooLittleMemoryForTheLanesIsRefusedWithItsPlace() {
        LocalUserStore store;
        const testkit::FakeConfig config{
            {"memory_kib", 15},
            {"iterations", 1},
            {"parallelism", 2},
        };
        const auto status = store.configure(config, host_);
        CPPUNIT_ASSERT(!status);
        CPPUNIT_ASSERT(status.error().detail.find("test:memory_kib") != std::string::npos);
    }

    void configure(LocalUserStore& store, int memoryKib) {
        const testkit::FakeConfig config{
            {"memory_kib", memoryKib},
            {"iterations", 1},
            {"parallelism", 1},
            {"threads", 2},
            {"queue", 16},
            {"weakest_hash", "phpass"},
            {"password_min_length", 8},
        };
        CPPUNIT_ASSERT(store.configure(config, host_));
    }
    UserEditor& editor() { return *store_.editor(); }
    User add(const std::string& login) {
        User user;
        user.login = login;
        const auto added = editor().add(context_, user, Secret(password_));
        CPPUNIT_ASSERT_MESSAGE(added ? "" : added.error().detail, added);
        return *added;
    }
    std::string storedHash() {
        const auto payload = parseJson(host_.fakeRecords.all("user").at(0).payload);
        return std::string(payload->map()->text("password"));
    }

    static constexpr const char* password_ = "correct horse battery";
    testkit::FakeHost host_;
    testkit::FakeContext context_;
    LocalUserStore store_;
};

CPPUNIT_TEST_SUITE_REGISTRATION(LocalUserStoreTest);

}  // namespace gatehouse
