// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/User.h>
#include <gatehouse/testkit/FakeClaimsWanted.h>
#include <gatehouse/testkit/JsonSize.h>
#include <gatehouse/testkit/OddTexts.h>
#include <gatehouse/testkit/PluginCase.h>
#include <gatehouse/testkit/Together.h>

#include <algorithm>
#include <memory>
#include <set>
#include <string>

namespace gatehouse::testkit {

/// What every ClaimsSource promises, run against the source of a bed:
///
///     struct AcmeBed {                        // made anew for each case
///         /// Configured and started.
///         std::unique_ptr<gatehouse::ClaimsSource> make();
///         /// A note of the rule beside it, with which it tells something; empty when there is no
///         /// such rule.
///         gatehouse::ValueMap note();
///     };
///     CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::testkit::ClaimsSourceContract<AcmeBed>);
///
/// Threads call the source concurrently, so run it under a thread sanitizer once.
template <class Bed> class ClaimsSourceContract : public PluginCase<ClaimsSource, Bed> {
    using Base = PluginCase<ClaimsSource, Bed>;
    using Base::bed_;
    using Base::plugin_;

    CPPUNIT_TEST_SUITE(ClaimsSourceContract<Bed>);
    CPPUNIT_TEST(itsClaimsHaveNames);
    CPPUNIT_TEST(itGivesNoClaimOfTheServers);
    CPPUNIT_TEST(itGivesWhatItDeclares);
    CPPUNIT_TEST(aClientAndAStrangePlaceAreNoFault);
    CPPUNIT_TEST(oddNotesAreDataAndNeverSyntax);
    CPPUNIT_TEST(manyThreadsGetTheirAnswers);
    CPPUNIT_TEST(aBackendThatIsAwayIsNoAnswer);
    CPPUNIT_TEST(aSlowBackendIsGivenUpInTime);
    CPPUNIT_TEST(stoppingTwiceIsHarmless);
    CPPUNIT_TEST_SUITE_END();

public:
    void itsClaimsHaveNames() {
        std::set<std::string_view> different;
        const auto names = plugin_->names();
        CPPUNIT_ASSERT_MESSAGE("no claim at all", !names.empty());
        for (const auto name : names) {
            CPPUNIT_ASSERT_MESSAGE("a name is empty", !name.empty());
            CPPUNIT_ASSERT_MESSAGE(std::string(name) + " twice", different.insert(name).second);
        }
        CPPUNIT_ASSERT(names == plugin_->names());
    }

    void itGivesNoClaimOfTheServers() {
        for (const auto name : plugin_->names()) {
            CPPUNIT_ASSERT_MESSAGE(std::string(name), !isServersClaim(name));
        }
    }

    void itGivesWhatItDeclares() {
        for (const auto target :
             {ClaimsWanted::accessToken, ClaimsWanted::idToken, ClaimsWanted::userinfo}) {
            FakeClaimsWanted wanted(bed_->note());
            wanted.fakeTarget = target;
            assertSound(wanted, "for " + wanted.fakeTarget);
        }
    }

    void aClientAndAStrangePlaceAreNoFault() {
        FakeClaimsWanted wanted;
        assertSound(wanted, "without a note");
        wanted.fakeSubject = Subject::of(wanted.fakeClient);
        wanted.fakePerson = {};
        assertSound(wanted, "a client that acts for itself");
        wanted.fakeTarget = "verifiable_credential";
        CPPUNIT_ASSERT_MESSAGE("it tells something where it does not know what that is",
                               assertSound(wanted, "an unknown place").empty());
    }

    void oddNotesAreDataAndNeverSyntax() {
        const auto note = bed_->note();
        for (const auto& member : note) {
            for (const auto& text : oddTexts()) {
                auto odd = note;
                odd.set(member.name, text.substr(0, 4000));
                assertSound(FakeClaimsWanted(odd), member.name + "=" + text.substr(0, 100));
            }
            auto odd = note;
            odd.set(member.name, ValueList{1});
            assertSound(FakeClaimsWanted(odd), member.name + " is a list");
        }
    }

    void manyThreadsGetTheirAnswers() {
        together(8, [this](int /*number*/) {
            for (int round = 0; round < 50; ++round) {
                assertSound(FakeClaimsWanted(bed_->note()), "many threads");
            }
        });
    }

    void aBackendThatIsAwayIsNoAnswer() {
        const auto all = plugin_->claims(FakeClaimsWanted(bed_->note()));
        Base::saysThatItIsAway(
            [&](const Context& context) { return tellsOrIsAway(context, *all); });
    }

    void aSlowBackendIsGivenUpInTime() {
        const auto all = plugin_->claims(FakeClaimsWanted(bed_->note()));
        Base::answersInTime([&](const Context& context) { return tellsOrIsAway(context, *all); });
    }

private:
    bool tellsOrIsAway(const Context& context, const ValueMap& all) const {
        FakeClaimsWanted wanted(bed_->note());
        wanted.giveUpAt(context.deadline);
        const auto told = plugin_->claims(wanted);
        if (told) {
            CPPUNIT_ASSERT_MESSAGE("it tells less while its backend is away", *told == all);
        }
        return told || Base::isAway(told.error());
    }
    ValueMap assertSound(const ClaimsWanted& wanted, const std::string& of) const {
        const auto told = plugin_->claims(wanted);
        CPPUNIT_ASSERT_MESSAGE(of + ": " + (told ? "" : told.error().detail), bool(told));
        const auto names = plugin_->names();
        for (const auto& claim : *told) {
            CPPUNIT_ASSERT_MESSAGE(of + ": gives " + claim.name + ", which it did not declare",
                                   std::find(names.begin(), names.end(), claim.name) !=
                                       names.end());
        }
        CPPUNIT_ASSERT_MESSAGE(of + ": claims of more than 4096 bytes", jsonSize(*told) <= 4096);
        return *told;
    }
};

}  // namespace gatehouse::testkit
