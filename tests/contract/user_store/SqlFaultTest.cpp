// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/FakeContext.h>

#include "SqlBeds.h"

#include <cppunit/extensions/HelperMacros.h>

#include <future>
#include <set>

namespace gatehouse {

/// What the contract does not know of: other hashes, groups, writing, and servers that do not
/// answer. The same for each database.
template <class Bed> class SqlFaultTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SqlFaultTest<Bed>);
    CPPUNIT_TEST(groupsAreAClaim);
    CPPUNIT_TEST(caseMayBeIgnored);
    CPPUNIT_TEST(aLoginOfTwoLetsNobodyIn);
    CPPUNIT_TEST(metacharactersAreALogin);
    CPPUNIT_TEST(nothingIsWrittenUnlessToldHow);
    CPPUNIT_TEST(aHashOfAnotherProgramIsRenewedWhereThatIsAllowed);
    CPPUNIT_TEST(aHashMayBeBroughtAlongWhereThatIsAllowed);
    CPPUNIT_TEST(everybodyIsListedOnce);
    CPPUNIT_TEST(aWrongQueryStopsTheStart);
    CPPUNIT_TEST(aServerThatDoesNotAnswerIsGivenUpAndCostsNoMore);
    CPPUNIT_TEST_SUITE_END();

    static constexpr const char* renewing =
        "UPDATE customer SET hash = :hash WHERE nr = :id AND hash = :old";
    static constexpr const char* bcrypt =
        "$2b$06$7icTUjGi7vcIR5nhvmUGzeLwhVk2aG4gcVfLgFInZmp3JIDyhPdXa";

    std::unique_ptr<Bed> bed_;
    testkit::FakeContext context_;

public:
    void setUp() override {
        bed_ = std::make_unique<Bed>();
        User ada;
        ada.login = "ada";
        bed_->addUser(ada, "right");
    }

    void groupsAreAClaim() {
        const auto store = bed_->make({});
        const auto id = (*store->findByLogin(context_, "ada"))->id;
        for (const char* team : {"crew", "\u00fcber"}) {
            bed_->run("INSERT INTO membership VALUES (" + id + ", '" + team + "')");
        }
        const auto ada = *store->checkPassword(context_, "ada", Secret("right"));
        CPPUNIT_ASSERT(ada);
        CPPUNIT_ASSERT((*ada->claims.find("groups") == Value(ValueList{"crew", "\u00fcber"})));
        CPPUNIT_ASSERT((*store->findById(context_, id))->claims == ada->claims);
    }

    void everybodyIsListedOnce() {
        std::set<std::string> logins{"ada"};
        while (logins.size() < 5) {
            User user;
            user.login = "person" + std::to_string(logins.size());
            bed_->addUser(user, "right");
            logins.insert(user.login);
        }
        const auto store = bed_->make({});
        for (const std::size_t limit : {1U, 2U, 5U, 600U}) {
            std::multiset<std::string> listed;
            std::string after;
            do {
                const auto page = *store->list(context_, after, limit);
                CPPUNIT_ASSERT(page.users.size() <= limit);
                for (const auto& user : page.users) {
                    listed.insert(user.login);
                    const auto same = *store->findById(context_, user.id);
                    CPPUNIT_ASSERT(same && same->claims == user.claims);
                }
                after = page.next;
            } while (!after.empty());
            CPPUNIT_ASSERT((listed == std::multiset<std::string>(logins.begin(), logins.end())));
        }
    }

    void caseMayBeIgnored() {
        const auto strict = bed_->make({});
        CPPUNIT_ASSERT(!*strict->findByLogin(context_, "ADA"));
        const auto store = bed_->make({{"login_case", "ignored"}});
        CPPUNIT_ASSERT_EQUAL(std::string("ada"), (*store->findByLogin(context_, "ADA"))->login);
        CPPUNIT_ASSERT(*store->checkPassword(context_, "Ada", Secret("right")));
        CPPUNIT_ASSERT_EQUAL(store->spelling("ADA"), store->spelling("ada"));
    }

    void aLoginOfTwoLetsNobodyIn() {
        User other;
        other.login = "ada";
        bed_->addUser(other, "right");
        const auto store = bed_->make({});
        CPPUNIT_ASSERT(!*store->checkPassword(context_, "ada", Secret("right")));
        CPPUNIT_ASSERT(bed_->host.fakeLog.says("a login that several people have lets nobody in"));
    }

    void metacharactersAreALogin() {
        const auto store = bed_->make({});
        for (const char* login :
             {"' OR '1'='1", "ada'--", "ada\" --", "%", "_da", "ada; DROP TABLE customer",
              "\\' OR 1=1 #", ":login", "$1", "?"}) {
            CPPUNIT_ASSERT_MESSAGE(login, !*store->findByLogin(context_, login));
            CPPUNIT_ASSERT_MESSAGE(login, !*store->findById(context_, login));
            CPPUNIT_ASSERT_MESSAGE(login, !*store->checkPassword(context_, login, Secret("right")));
            User odd;
            odd.login = login;
            bed_->addUser(odd, "odd one");
            const auto found = *store->checkPassword(context_, login, Secret("odd one"));
            CPPUNIT_ASSERT_MESSAGE(login, found && found->login == login);
        }
    }

    void nothingIsWrittenUnlessToldHow() {
        const auto store = bed_->make({});
        setHash();
        CPPUNIT_ASSERT(*store->checkPassword(context_, "ada", Secret("correct horse")));
        CPPUNIT_ASSERT_EQUAL(std::string(bcrypt), storedHash());
        const auto id = (*store->findByLogin(context_, "ada"))->id;
        CPPUNIT_ASSERT(!store->setPasswordHash(context_, id, bcrypt));
    }

    void aHashOfAnotherProgramIsRenewedWhereThatIsAllowed() {
        const auto store = bed_->make({{"store_hash", renewing}});
        setHash();
        CPPUNIT_ASSERT(!*store->checkPassword(context_, "ada", Secret("wrong horse")));
        CPPUNIT_ASSERT_EQUAL(std::string(bcrypt), storedHash());
        CPPUNIT_ASSERT(*store->checkPassword(context_, "ada", Secret("correct horse")));
        CPPUNIT_ASSERT(argon2Cost(storedHash()) == Argon2Cost{});
        CPPUNIT_ASSERT(*store->checkPassword(context_, "ada", Secret("correct horse")));
    }

    void aHashMayBeBroughtAlongWhereThatIsAllowed() {
        const auto store = bed_->make({{"store_hash", renewing}});
        const auto id = (*store->findByLogin(context_, "ada"))->id;
        CPPUNIT_ASSERT(!store->setPasswordHash(context_, id, "$1$salt$hash"));
        CPPUNIT_ASSERT(!store->setPasswordHash(context_, "4711", bcrypt));
        CPPUNIT_ASSERT(store->setPasswordHash(context_, id, bcrypt));
        CPPUNIT_ASSERT_EQUAL(std::string(bcrypt), storedHash());
    }

    void aWrongQueryStopsTheStart() {
        startFails("SELECT nr AS id FROM nowhere", "nowhere");
        startFails("SELECT nr AS id, hash AS password FROM customer", "there is no column login");
        startFails("SELECT nr AS id, nick AS login, hash AS password, nick AS sub FROM customer",
                   "the column sub is the server's to say");
    }

    void aServerThatDoesNotAnswerIsGivenUpAndCostsNoMore() {
        if constexpr (canFreeze<Bed>(0)) {
            const auto store =
                bed_->make({{"timeout", "500ms"}, {"connections", 2}, {"waiting", 2}});
            CPPUNIT_ASSERT(*store->findByLogin(context_, "ada"));
            Bed::freeze();
            std::vector<std::future<bool>> asked;
            for (int each = 0; each < 12; ++each) {
                asked.push_back(std::async(std::launch::async, [&] {
                    const auto found = store->findByLogin(context_, "ada");
                    return !found && found.error().fault == Fault::unavailable;
                }));
            }
            for (auto& answer : asked) {
                CPPUNIT_ASSERT(answer.get());
            }
            Bed::thaw();
            while (!store->findByLogin(context_, "ada")) {
            }
        }
    }

private:
    template <class B> static constexpr auto canFreeze(int) -> decltype(&B::freeze, true) {
        return true;
    }
    template <class B> static constexpr bool canFreeze(long) { return false; }

    void setHash() {
        bed_->run("UPDATE customer SET hash = :hash", {{"hash", std::string(bcrypt)}});
    }
    std::string storedHash() {
        return std::string(
            bed_->run("SELECT hash FROM customer WHERE nick = 'ada'").front().text("hash"));
    }
    void startFails(const std::string& people, const std::string& told) {
        SqlUserStore store;
        const testkit::FakeConfig config(fieldsOf<SqlUserStore>(),
                                         {{"url", bed_->url}, {"people", people}});
        CPPUNIT_ASSERT(store.configure(config, bed_->host));
        const auto status = store.start();
        store.stop();
        CPPUNIT_ASSERT(!status);
        CPPUNIT_ASSERT_MESSAGE(status.error().detail,
                               status.error().detail.find(told) != std::string::npos);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SqlFaultTest<SqliteBed>);
CPPUNIT_TEST_SUITE_REGISTRATION(SqlFaultTest<PostgresBed>);
CPPUNIT_TEST_SUITE_REGISTRATION(SqlFaultTest<MariaDbBed>);
CPPUNIT_TEST_SUITE_REGISTRATION(SqlFaultTest<OdbcPostgresBed>);
CPPUNIT_TEST_SUITE_REGISTRATION(SqlFaultTest<OdbcMariaDbBed>);

}  // namespace gatehouse
