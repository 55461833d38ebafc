// SPDX-License-Identifier: Apache-2.0
#include "Invitations.h"

#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/FakeHost.h>

#include "InvitationCommands.h"
#include "SignupStep.h"

#include <cppunit/extensions/HelperMacros.h>

#include <string>

namespace gatehouse {

class InvitationsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(InvitationsTest);
    CPPUNIT_TEST(oneIsGoodUntilItsEnd);
    CPPUNIT_TEST(howItIsSpelledDoesNotMatter);
    CPPUNIT_TEST(oneThatIsTakenBackIsGone);
    CPPUNIT_TEST(manyAreListed);
    CPPUNIT_TEST(aStorageThatIsAwayInvitesNobody);
    CPPUNIT_TEST(commandsSayWhatIsWrong);
    CPPUNIT_TEST(theyNeedConfirmedAddresses);
    CPPUNIT_TEST_SUITE_END();

    static constexpr seconds day_{86'400};

public:
    void oneIsGoodUntilItsEnd() {
        CPPUNIT_ASSERT(!has("ann@example.org"));
        const auto made = invitations_.add(context_, "ann@example.org", day_);
        CPPUNIT_ASSERT(made && made->ends == host_.fakeClock.now() + day_);
        CPPUNIT_ASSERT(has("ann@example.org"));
        CPPUNIT_ASSERT(!has("bea@example.org"));
        host_.fakeClock.advance(day_);
        CPPUNIT_ASSERT(!has("ann@example.org"));
    }

    void howItIsSpelledDoesNotMatter() {
        CPPUNIT_ASSERT(bool(invitations_.add(context_, "Ann@Example.org", day_)));
        CPPUNIT_ASSERT(has("aNN@example.org"));
        CPPUNIT_ASSERT(bool(invitations_.add(context_, "ann@example.org", day_)));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, invitations_.list(context_)->size());
    }

    void oneThatIsTakenBackIsGone() {
        CPPUNIT_ASSERT(bool(invitations_.add(context_, "ann@example.org", day_)));
        CPPUNIT_ASSERT(*invitations_.remove(context_, "ann@example.org"));
        CPPUNIT_ASSERT(!*invitations_.remove(context_, "ann@example.org"));
        CPPUNIT_ASSERT(!has("ann@example.org"));
    }

    void manyAreListed() {
        constexpr std::size_t many = 450;
        for (std::size_t number = 0; number < many; ++number) {
            const auto address = "a" + std::to_string(number) + "@example.org";
            CPPUNIT_ASSERT(bool(invitations_.add(context_, address, day_)));
        }
        CPPUNIT_ASSERT_EQUAL(many, invitations_.list(context_)->size());
    }

    void aStorageThatIsAwayInvitesNobody() {
        host_.fakeRecords.fail(Error::unavailable("away"));
        CPPUNIT_ASSERT(!invitations_.has(context_, "ann@example.org"));
        CPPUNIT_ASSERT(!invitations_.add(context_, "ann@example.org", day_));
        CPPUNIT_ASSERT(!invitations_.list(context_));
    }

    void commandsSayWhatIsWrong() {
        CPPUNIT_ASSERT(bool(run("invitation create", {{"ann@example.org"}, {}})));
        CPPUNIT_ASSERT(!run("invitation create", {{"nobody"}, {}}));
        for (const char* days : {"0", "366", "7 ", "x", ""}) {
            CPPUNIT_ASSERT_MESSAGE(days, !run("invitation create",
                                              {{"ann@example.org"}, {{"days", ValueList{days}}}}));
        }
        CPPUNIT_ASSERT(bool(run("invitation remove", {{"ANN@example.org"}, {}})));
        CPPUNIT_ASSERT(!run("invitation remove", {{"ann@example.org"}, {}}));
    }

    void theyNeedConfirmedAddresses() {
        SignupStep step;
        const testkit::FakeConfig config(fieldsOf<SignupStep>(),
                                         {{"login", "email"}, {"invitation_only", true}});
        const auto refused = step.configure(config, host_);
        CPPUNIT_ASSERT(!refused);
        CPPUNIT_ASSERT(refused.error().detail.find("confirm_email") != std::string::npos);
    }

private:
    bool has(std::string_view address) {
        const auto found = invitations_.has(context_, address);
        CPPUNIT_ASSERT(bool(found));
        return *found;
    }
    Result<Value> run(std::string_view name, const GivenArguments& arguments) {
        return runInvitationCommand(host_, context_, name, arguments);
    }

    testkit::FakeContext context_;
    testkit::FakeHost host_;
    Invitations invitations_{host_};
};

CPPUNIT_TEST_SUITE_REGISTRATION(InvitationsTest);

}  // namespace gatehouse
