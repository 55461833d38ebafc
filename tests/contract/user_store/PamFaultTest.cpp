// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/FakeContext.h>

#include "PamBed.h"

#include <cppunit/extensions/HelperMacros.h>

#include <cerrno>
#include <fstream>
#include <future>
#include <sstream>
#include <utility>
#include <vector>

namespace gatehouse {

class PamFaultTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PamFaultTest);
    CPPUNIT_TEST(theIdIsTheUid);
    CPPUNIT_TEST(claimsAreOfTheAccount);
    CPPUNIT_TEST(accountsOfTheMachineAreNobodyAndPamIsNotAskedAboutThem);
    CPPUNIT_TEST(whatIsNoNameIsNotLookedUp);
    CPPUNIT_TEST(passwordsThatNobodyTypesAreNotShown);
    CPPUNIT_TEST(anAccountThatMayNotBeUsedLetsNobodyIn);
    CPPUNIT_TEST(anExpiredPasswordLetsNobodyInButThePersonIsThere);
    CPPUNIT_TEST(aModuleThatAsksForMoreLetsNobodyIn);
    CPPUNIT_TEST(aModuleThatMakesAnotherAccountOfTheNameLetsNobodyIn);
    CPPUNIT_TEST(modulesHearWhereWhoAsksIs);
    CPPUNIT_TEST(aWrongPasswordIsNotSleptOver);
    CPPUNIT_TEST(modulesThatHangAreGivenUpAndCostNoMore);
    CPPUNIT_TEST(aNameServiceThatFailsIsAway);
    CPPUNIT_TEST(whoIsInTooManyGroupsIsNotToldWithFewer);
    CPPUNIT_TEST(aWrongSettingStopsTheStart);
    CPPUNIT_TEST_SUITE_END();

    std::unique_ptr<PamBed> bed_;
    testkit::FakeContext context_;

public:
    void setUp() override {
        bed_ = std::make_unique<PamBed>();
        bed_->addAccount("ada", "right", PAM_SUCCESS, "Ada Lovelace");
    }
    void tearDown() override {
        nameServiceProblem() = 0;
        bed_.reset();
    }

    void theIdIsTheUid() {
        const auto store = bed_->make({});
        CPPUNIT_ASSERT_EQUAL(std::string("1000"), (*store->findByLogin(context_, "ada"))->id);
        for (const char* id :
             {"01000", "+1000", " 1000", "1000 ", "0x3e8", "4294968296", "-1", "ada", "1e3"}) {
            CPPUNIT_ASSERT_MESSAGE(id, !*store->findById(context_, id));
        }
    }

    void claimsAreOfTheAccount() {
        bed_->addAccount("ada@corp", "right", PAM_SUCCESS, "\xFF");
        const auto store = bed_->make({});
        const ValueMap expected{{"name", "Ada Lovelace"},
                                {"email", "ada@example.org"},
                                {"groups", ValueList{"g7", "users"}}};
        CPPUNIT_ASSERT((*store->findByLogin(context_, "ada"))->claims == expected);
        const ValueMap groups{{"groups", ValueList{"g7", "users"}}};
        CPPUNIT_ASSERT((*store->findByLogin(context_, "ada@corp"))->claims == groups);
    }

    void accountsOfTheMachineAreNobodyAndPamIsNotAskedAboutThem() {
        accounts().push_back({"root", 0, 0, ""});
        accounts().push_back({"daemon", 999, 0, ""});
        std::ofstream(bed_->people, std::ios::app) << "root:toor:0\ndaemon:toor:0\n";
        const auto store = bed_->make({});
        for (const char* login : {"root", "daemon"}) {
            CPPUNIT_ASSERT_MESSAGE(login, !*store->findByLogin(context_, login));
            CPPUNIT_ASSERT_MESSAGE(login, !*store->checkPassword(context_, login, Secret("toor")));
        }
        CPPUNIT_ASSERT(!*store->findById(context_, "0") && !*store->findById(context_, "999"));
        CPPUNIT_ASSERT(!std::filesystem::exists(bed_->people + ".host"));
    }

    void whatIsNoNameIsNotLookedUp() {
        const std::vector<std::string> names{"-ada",   "+ada", "~ada", "a:b",          "a,b",
                                             "../ada", "a/b",  "a b",  "ada\xC2\xA0x/"};
        for (const auto& name : names) {
            bed_->addAccount(name, "right", PAM_SUCCESS);
        }
        const auto store = bed_->make({});
        for (const auto& name : names) {
            CPPUNIT_ASSERT_MESSAGE(name, !*store->findByLogin(context_, name));
            CPPUNIT_ASSERT_MESSAGE(name, !*store->checkPassword(context_, name, Secret("right")));
        }
    }

    void passwordsThatNobodyTypesAreNotShown() {
        bed_->addAccount("odd", "", PAM_SUCCESS);
        bed_->addAccount("bytes", "\xFF", PAM_SUCCESS);
        bed_->addAccount("long", std::string(1025, 'x'), PAM_SUCCESS);
        const auto store = bed_->make({});
        CPPUNIT_ASSERT(!*store->checkPassword(context_, "odd", Secret("")));
        CPPUNIT_ASSERT(!*store->checkPassword(context_, "odd", Secret(std::string(1, '\0'))));
        CPPUNIT_ASSERT(!*store->checkPassword(context_, "bytes", Secret("\xFF")));
        CPPUNIT_ASSERT(!*store->checkPassword(context_, "long", Secret(std::string(1025, 'x'))));
        CPPUNIT_ASSERT(
            !*store->checkPassword(context_, "ada", Secret(std::string(1'048'576, 'x'))));
        CPPUNIT_ASSERT(!*store->checkPassword(context_, "ada", Secret(std::string("right\0", 6))));
    }

    void anAccountThatMayNotBeUsedLetsNobodyIn() {
        int number = 0;
        for (const int code :
             {PAM_ACCT_EXPIRED, PAM_PERM_DENIED, PAM_AUTH_ERR, PAM_AUTHTOK_EXPIRED}) {
            const auto login = "gone" + std::to_string(++number);
            bed_->addAccount(login, "right", code);
            const auto store = bed_->make({});
            CPPUNIT_ASSERT_MESSAGE(login, (*store->findByLogin(context_, login))->isDisabled);
            CPPUNIT_ASSERT_MESSAGE(login, !*store->checkPassword(context_, login, Secret("right")));
        }
    }

    void anExpiredPasswordLetsNobodyInButThePersonIsThere() {
        bed_->addAccount("old", "right", PAM_NEW_AUTHTOK_REQD);
        const auto store = bed_->make({});
        CPPUNIT_ASSERT(!(*store->findByLogin(context_, "old"))->isDisabled);
        CPPUNIT_ASSERT(!*store->checkPassword(context_, "old", Secret("right")));
        CPPUNIT_ASSERT(bed_->host.fakeLog.says("a password has expired"));
    }

    void aModuleThatAsksForMoreLetsNobodyIn() {
        bed_->service("more");
        const auto store = bed_->make({});
        CPPUNIT_ASSERT(!*store->checkPassword(context_, "ada", Secret("right")));
        CPPUNIT_ASSERT(bed_->host.fakeLog.says("asks for more than a password"));
    }

    void aModuleThatMakesAnotherAccountOfTheNameLetsNobodyIn() {
        bed_->addAccount("bob", "bob's", PAM_SUCCESS);
        bed_->service("as=bob");
        const auto store = bed_->make({});
        CPPUNIT_ASSERT(!*store->checkPassword(context_, "ada", Secret("right")));
        CPPUNIT_ASSERT(*store->checkPassword(context_, "bob", Secret("bob's")));
    }

    void modulesHearWhereWhoAsksIs() {
        const auto store = bed_->make({});
        context_.remoteAddress = "2001:db8::1";
        CPPUNIT_ASSERT(*store->checkPassword(context_, "ada", Secret("right")));
        std::ostringstream host;
        host << std::ifstream(bed_->people + ".host").rdbuf();
        CPPUNIT_ASSERT_EQUAL(std::string("2001:db8::1"), host.str());
    }

    /// The module wants ten minutes, the store has five seconds: it would be away.
    void aWrongPasswordIsNotSleptOver() {
        const auto store = bed_->make({});
        const auto found = store->checkPassword(context_, "ada", Secret("wrong"));
        CPPUNIT_ASSERT_MESSAGE(found ? "" : found.error().detail, found);
        CPPUNIT_ASSERT(!*found);
    }

    void modulesThatHangAreGivenUpAndCostNoMore() {
        const auto store = bed_->make({{"timeout", "500ms"}, {"at_once", 2}, {"waiting", 2}});
        bed_->hang();
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
        bed_->goOn();
        while (!store->findByLogin(context_, "ada")) {
        }
    }

    void aNameServiceThatFailsIsAway() {
        const auto store = bed_->make({});
        for (const int problem : {EIO, ERANGE}) {
            nameServiceProblem() = problem;
            for (const auto& found :
                 {store->findByLogin(context_, "ada"), store->findById(context_, "1000"),
                  store->checkPassword(context_, "ada", Secret("right"))}) {
                CPPUNIT_ASSERT(!found && found.error().fault == Fault::unavailable);
            }
        }
    }

    void whoIsInTooManyGroupsIsNotToldWithFewer() {
        bed_->addAccount("everywhere", "right", PAM_SUCCESS);
        const auto found = bed_->make({})->checkPassword(context_, "everywhere", Secret("right"));
        CPPUNIT_ASSERT(!found && found.error().fault == Fault::unavailable);
    }

    void aWrongSettingStopsTheStart() {
        std::ofstream(bed_->folder / "other") << "auth required pam_permit.so\n";
        const std::vector<std::pair<ValueMap, std::string>> wrong{
            {{{"service", "missing"}}, "/missing, which says how PAM checks"},
            {{{"service", "../test"}}, "not the name of a file"},
            {{{"service", ""}}, "not the name of a file"},
            {{{"directory", "/nowhere"}}, "there is no /nowhere/test"},
        };
        for (const auto& [settings, told] : wrong) {
            PamUserStore store;
            const auto status = bed_->start(store, settings);
            CPPUNIT_ASSERT_MESSAGE(told, !status);
            CPPUNIT_ASSERT_MESSAGE(status.error().detail,
                                   status.error().detail.find(told) != std::string::npos);
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PamFaultTest);

}  // namespace gatehouse
