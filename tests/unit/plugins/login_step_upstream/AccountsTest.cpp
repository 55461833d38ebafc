// SPDX-License-Identifier: Apache-2.0
#include "Accounts.h"

#include <gatehouse/testkit/FakeBackend.h>
#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/FakeHost.h>
#include <gatehouse/testkit/FakePeople.h>

#include "../login_step_signup/EditablePeople.h"

#include <cppunit/extensions/HelperMacros.h>

#include <memory>

namespace gatehouse {

class AccountsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AccountsTest);
    CPPUNIT_TEST(aStrangerIsNobody);
    CPPUNIT_TEST(aNewcomerIsMadeOnce);
    CPPUNIT_TEST(whileOneIsMadeNoOtherIs);
    CPPUNIT_TEST(whatFailsCanBeTriedAgain);
    CPPUNIT_TEST(anAddressHasItsQuota);
    CPPUNIT_TEST(theSameLoginLinksWhereTheOperatorSaysSo);
    CPPUNIT_TEST(anAccountGoesWithOne);
    CPPUNIT_TEST(withoutStorageNobodyIsToldApart);
    CPPUNIT_TEST_SUITE_END();

    testkit::FakeHost host_;
    testkit::FakeContext context_;
    testkit::FakeBackend backend_;
    testkit::FakePeople known_{backend_};
    EditablePeople people_;
    UpstreamSettings settings_;
    LoginState state_;
    std::unique_ptr<Accounts> accounts_;

    void begin() {
        accounts_ =
            std::make_unique<Accounts>(host_, settings_, Accounts::Most{2, 10, seconds{60}});
        accounts_->start();
    }
    static UpstreamPerson person(const char* name) {
        return {std::string("id of ") + name, name, name, {}, false};
    }
    Accounts::Found find(const UpstreamPerson& person) {
        auto found = accounts_->find(context_, person, state_);
        CPPUNIT_ASSERT_MESSAGE(found ? "" : found.error().detail, bool(found));
        return *found;
    }
    void assertProblem(const char* text, const Accounts::Found& found) {
        CPPUNIT_ASSERT(!found.person);
        CPPUNIT_ASSERT_EQUAL(std::string(text), std::string(found.problem));
    }

public:
    void setUp() override {
        host_.add<UserStore>("people", people_);
        host_.add<People>("people", known_);
        state_.remoteAddress = "192.0.2.1";
        settings_.issuer = "https://op.example";
        settings_.createsAccounts = true;
        begin();
    }

    void aStrangerIsNobody() {
        settings_.createsAccounts = false;
        assertProblem("upstream.no_account", find(person("joan")));
        CPPUNIT_ASSERT(people_.people.empty());
    }

    void aNewcomerIsMadeOnce() {
        const auto found = find(person("joan"));
        CPPUNIT_ASSERT(found.person);
        CPPUNIT_ASSERT_EQUAL(std::string("joan"), found.person->user.login);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, host_.fakeEvents.ofType("user.created").size());
        known_.ada = found.person->user;
        CPPUNIT_ASSERT(find(person("joan")).person);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, people_.people.size());
        settings_.issuer = "https://other.example";
        begin();
        known_.ada.login = "joan";
        CPPUNIT_ASSERT_MESSAGE("another issuer's sub is somebody else's",
                               find(person("joan")).person->user.login != "joan");
    }

    void whileOneIsMadeNoOtherIs() {
        people_.meanwhile = [this] { assertProblem("upstream.twice", find(person("joan"))); };
        CPPUNIT_ASSERT(find(person("joan")).person);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, people_.people.size());
    }

    void whatFailsCanBeTriedAgain() {
        backend_.fail(Error::unavailable("away"));
        CPPUNIT_ASSERT(!accounts_->find(context_, person("joan"), state_));
        CPPUNIT_ASSERT(people_.people.empty());
        backend_.fail({});
        CPPUNIT_ASSERT(find(person("joan")).person);
    }

    void anAddressHasItsQuota() {
        CPPUNIT_ASSERT(find(person("a")).person);
        CPPUNIT_ASSERT(find(person("b")).person);
        CPPUNIT_ASSERT(find(person("c")).wait == seconds{60});
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, people_.people.size());
    }

    void theSameLoginLinksWhereTheOperatorSaysSo() {
        settings_.link = LinkRule::sameLogin;
        const auto found = find(person("ada"));
        CPPUNIT_ASSERT(found.person);
        CPPUNIT_ASSERT_EQUAL(std::string("id-of-ada"), found.person->user.id);
        CPPUNIT_ASSERT(people_.people.empty());
        settings_.link = LinkRule::nobody;
        CPPUNIT_ASSERT_MESSAGE("the link stays", find(person("ada")).person);
    }

    void anAccountGoesWithOne() {
        settings_.link = LinkRule::sameLogin;
        CPPUNIT_ASSERT(find(person("ada")).person);
        auto other = person("ada");
        other.sub = "who has her login now";
        assertProblem("upstream.taken", find(other));
    }

    void withoutStorageNobodyIsToldApart() {
        host_.fakeRecords.fail(Error::unavailable("away"));
        CPPUNIT_ASSERT(!accounts_->find(context_, person("joan"), state_));
        CPPUNIT_ASSERT(people_.people.empty());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(AccountsTest);

}  // namespace gatehouse
