// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/FakeContext.h>

#include "LdapBed.h"

#include <cppunit/extensions/HelperMacros.h>

#include <future>

namespace gatehouse {

/// What the contract does not know of.
class LdapFaultTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LdapFaultTest);
    CPPUNIT_TEST(aPasswordThatIsEmptyToTheDirectoryLetsNobodyIn);
    CPPUNIT_TEST(aLoginOfTwoLetsNobodyIn);
    CPPUNIT_TEST(metacharactersAreALogin);
    CPPUNIT_TEST(groupsThatListThePersonAreAClaim);
    CPPUNIT_TEST(groupsInGroupsAreFollowedSoFar);
    CPPUNIT_TEST(groupsThatThePersonsEntryNamesAreAClaim);
    CPPUNIT_TEST(aReferralIsNotFollowed);
    CPPUNIT_TEST(aWrongSettingStopsTheStart);
    CPPUNIT_TEST(aDirectoryThatDoesNotAnswerIsGivenUpAndCostsNoMore);
    CPPUNIT_TEST(theNextServerIsAskedWhenOneIsAwayOrHangs);
    CPPUNIT_TEST_SUITE_END();

    std::unique_ptr<LdapBed> bed_;
    testkit::FakeContext context_;

public:
    void setUp() override {
        bed_ = std::make_unique<LdapBed>();
        User ada;
        ada.login = "ada";
        bed_->addUser(ada, "right");
    }

    void aPasswordThatIsEmptyToTheDirectoryLetsNobodyIn() {
        const auto store = bed_->make({});
        for (const auto& password : {std::string{}, std::string(1, '\0'), std::string("\0right", 6),
                                     std::string("right\0", 6)}) {
            CPPUNIT_ASSERT(!*store->checkPassword(context_, "ada", Secret(password)));
        }
        CPPUNIT_ASSERT(*store->checkPassword(context_, "ada", Secret("right")));
    }

    void aLoginOfTwoLetsNobodyIn() {
        User other;
        other.login = "ADA";
        bed_->addUser(other, "right");
        const auto store = bed_->make({});
        CPPUNIT_ASSERT(!*store->checkPassword(context_, "ada", Secret("right")));
        CPPUNIT_ASSERT(bed_->host.fakeLog.says("a login that several people have lets nobody in"));
    }

    void metacharactersAreALogin() {
        const auto store = bed_->make({});
        for (const char* login :
             {"*", "a*", "ad(a", ")(uid=*", "ada)(|(uid=*", "\\2a", "ada\\", "{dn}", "&",
              "ad\u00e4", "cn=reader,dc=example,dc=org", "#ada", "a;b", "\"ada\""}) {
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

    void groupsThatListThePersonAreAClaim() {
        bed_->addGroup("crew", {bed_->dnOf("ada")});
        bed_->addGroup("others", {"cn=somebody,dc=example,dc=org"});
        bed_->add("cn=unix,dc=example,dc=org", {{"objectClass", {"posixGroup"}},
                                                {"cn", {"unix"}},
                                                {"gidNumber", {"100"}},
                                                {"memberUid", {"ada"}}});
        CPPUNIT_ASSERT((groups({{"groups", "(|(member={dn})(memberUid={login}))"}}) ==
                        ValueList{"crew", "unix"}));
        CPPUNIT_ASSERT(groups({}).empty());
    }

    void groupsInGroupsAreFollowedSoFar() {
        bed_->addGroup("one", {bed_->dnOf("ada")});
        bed_->addGroup("two", {"cn=one,dc=example,dc=org", "cn=three,dc=example,dc=org"});
        bed_->addGroup("three", {"cn=two,dc=example,dc=org"});
        bed_->addGroup("four", {"cn=three,dc=example,dc=org"});
        const char* filter = "(member={dn})";
        CPPUNIT_ASSERT((groups({{"groups", filter}}) == ValueList{"one"}));
        CPPUNIT_ASSERT(
            (groups({{"groups", filter}, {"nested_groups", 1}}) == ValueList{"one", "two"}));
        CPPUNIT_ASSERT((groups({{"groups", filter}, {"nested_groups", 10}}) ==
                        ValueList{"four", "one", "three", "two"}));
    }

    void groupsThatThePersonsEntryNamesAreAClaim() {
        const std::string base = ",dc=example,dc=org";
        bed_->add("cn=staff" + base,
                  {{"objectClass", {"group"}}, {"cn", {"staff"}}, {"memberOf", {"cn=all" + base}}});
        bed_->add("cn=all" + base, {{"objectClass", {"group"}}, {"cn", {"all"}}});
        bed_->add("uid=grace" + base, {{"objectClass", {"user"}},
                                       {"uid", {"grace"}},
                                       {"cn", {"Grace"}},
                                       {"sn", {"Hopper"}},
                                       {"memberOf", {"cn=staff" + base, "cn=gone" + base}}});
        CPPUNIT_ASSERT((groups({{"member_of", "memberOf"}}, "grace") == ValueList{"staff"}));
        CPPUNIT_ASSERT((groups({{"member_of", "memberOf"}, {"nested_groups", 1}}, "grace") ==
                        ValueList{"all", "staff"}));
    }

    void aReferralIsNotFollowed() {
        bed_->add("cn=elsewhere,dc=example,dc=org",
                  {{"objectClass", {"referral", "extensibleObject"}},
                   {"cn", {"elsewhere"}},
                   {"ref", {"ldap://192.0.2.1/dc=example,dc=com"}}});
        const auto store = bed_->make({});
        CPPUNIT_ASSERT(*store->checkPassword(context_, "ada", Secret("right")));
        CPPUNIT_ASSERT(!*store->findByLogin(context_, "nobody"));
        LdapUserStore other;
        CPPUNIT_ASSERT(bed_->start(other, {{"base", "cn=elsewhere,dc=example,dc=org"}}));
        const auto found = other.findByLogin(context_, "ada");
        CPPUNIT_ASSERT(!found && found.error().fault == Fault::unavailable);
        other.stop();
        removeReferral();
    }

    void aWrongSettingStopsTheStart() {
        const std::vector<std::pair<ValueMap, std::string>> wrong{
            {{{"base", "dc=nowhere"}}, "No such object"},
            {{{"people", "(objectClass=person"}}, "Bad search filter"},
            {{{"bind_password", "wrong"}}, "Invalid credentials"},
            {{{"bind_password", ""}}, "belong together"},
            {{{"bind_dn", ""}, {"bind_password", ""}}, "Insufficient access"},
            {{{"urls", ValueList{"ldap://dc.example.org"}}}, "take ldaps://"},
            {{{"urls", ValueList{}}}, "names no directory"},
            {{{"groups", "(member=dn)"}}, "neither {dn} nor {login}"},
            {{{"claims", ValueMap{{"sub", "uid"}}}}, "the server's to say"},
            {{{"claims", ValueMap{{"name", ""}}}}, "no attribute"},
        };
        for (const auto& [settings, told] : wrong) {
            LdapUserStore store;
            const auto status = bed_->start(store, settings);
            store.stop();
            CPPUNIT_ASSERT_MESSAGE(told, !status);
            CPPUNIT_ASSERT_MESSAGE(status.error().detail,
                                   status.error().detail.find(told) != std::string::npos);
        }
    }

    void aDirectoryThatDoesNotAnswerIsGivenUpAndCostsNoMore() {
        const auto store = bed_->make({{"timeout", "500ms"}, {"connections", 2}, {"waiting", 2}});
        CPPUNIT_ASSERT(*store->findByLogin(context_, "ada"));
        sharedSlapd().tell("freeze");
        std::vector<std::future<bool>> asked;
        for (int each = 0; each < 12; ++each) {
            asked.push_back(std::async(std::launch::async, [&] {
                const auto found = store->checkPassword(context_, "ada", Secret("right"));
                return !found && found.error().fault == Fault::unavailable;
            }));
        }
        for (auto& answer : asked) {
            CPPUNIT_ASSERT(answer.get());
        }
        sharedSlapd().tell("thaw");
        while (!store->findByLogin(context_, "ada")) {
        }
    }

    void theNextServerIsAskedWhenOneIsAwayOrHangs() {
        PrivatePostgres other({}, privateSlapd);
        const auto store =
            bed_->make({{"urls", ValueList{other.url(), sharedSlapd().url()}}, {"timeout", "6s"}});
        CPPUNIT_ASSERT(!*store->findByLogin(context_, "ada"));
        other.tell("kill");
        CPPUNIT_ASSERT(*store->checkPassword(context_, "ada", Secret("right")));
        other.tell("start");
        other.tell("freeze");
        const auto another = bed_->make(
            {{"urls", ValueList{other.url(), sharedSlapd().url()}}, {"timeout", "900ms"}});
        CPPUNIT_ASSERT(*another->checkPassword(context_, "ada", Secret("right")));
        other.tell("thaw");
    }

private:
    ValueList groups(const ValueMap& settings, const std::string& login = "ada") {
        const auto store = bed_->make(settings);
        const auto found = *store->findByLogin(context_, login);
        CPPUNIT_ASSERT(found);
        CPPUNIT_ASSERT((*store->findById(context_, found->id))->claims == found->claims);
        const Value* groups = found->claims.find("groups");
        return groups != nullptr ? *groups->list() : ValueList{};
    }
    void removeReferral() {
        LDAPControl manage{};
        char oid[] = LDAP_CONTROL_MANAGEDSAIT;
        manage.ldctl_oid = oid;
        LDAPControl* controls[] = {&manage, nullptr};
        ldap_delete_ext_s(bed_->admin, "cn=elsewhere,dc=example,dc=org", controls, nullptr);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(LdapFaultTest);

}  // namespace gatehouse
