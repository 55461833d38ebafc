// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/OAuthError.h>
#include <gatehouse/point/ClientMetadataRule.h>
#include <gatehouse/testkit/OddTexts.h>
#include <gatehouse/testkit/PluginCase.h>
#include <gatehouse/testkit/Together.h>

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::testkit {

/// What every ClientMetadataRule promises, run against the rule of a bed:
///
///     struct DoorBed {                        // made anew for each case
///         /// The rule, configured and started.
///         std::unique_ptr<gatehouse::ClientMetadataRule> make();
///         /// Metadata with members of its that it admits; they are added to a client's.
///         gatehouse::ValueMap good();
///         /// Some that it refuses.
///         std::vector<gatehouse::ValueMap> bad();
///     };
///     CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::testkit::ClientMetadataRuleContract<DoorBed>);
///
/// Threads call the rule concurrently, so run it under a thread sanitizer once.
template <class Bed> class ClientMetadataRuleContract : public PluginCase<ClientMetadataRule, Bed> {
    using Base = PluginCase<ClientMetadataRule, Bed>;
    using Base::bed_;
    using Base::context_;
    using Base::plugin_;

    CPPUNIT_TEST_SUITE(ClientMetadataRuleContract<Bed>);
    CPPUNIT_TEST(itsMembersHaveNames);
    CPPUNIT_TEST(goodMembersAreAdmitted);
    CPPUNIT_TEST(eachProblemBeginsWithItsMember);
    CPPUNIT_TEST(oddValuesAreData);
    CPPUNIT_TEST(discoveryIsAddedTo);
    CPPUNIT_TEST(manyThreadsMayAsk);
    CPPUNIT_TEST(aBackendThatIsAwayIsNoAnswer);
    CPPUNIT_TEST(aSlowBackendIsGivenUpInTime);
    CPPUNIT_TEST(stoppingTwiceIsHarmless);
    CPPUNIT_TEST_SUITE_END();

public:
    void itsMembersHaveNames() {
        std::set<std::string_view> names;
        CPPUNIT_ASSERT(!plugin_->members().empty());
        for (const auto name : plugin_->members()) {
            CPPUNIT_ASSERT(!name.empty() && isErrorText(name));
            CPPUNIT_ASSERT(name.find_first_of(" #:") == std::string_view::npos);
            CPPUNIT_ASSERT_MESSAGE("a member is there twice", names.insert(name).second);
        }
        for (const auto& member : bed_->good()) {
            CPPUNIT_ASSERT_MESSAGE(member.name, names.count(member.name) == 1);
        }
    }

    void goodMembersAreAdmitted() {
        const auto admitted = admit(bed_->good());
        CPPUNIT_ASSERT_MESSAGE(admitted ? "" : admitted.error().detail, bool(admitted));
    }

    void eachProblemBeginsWithItsMember() {
        for (const auto& metadata : bed_->bad()) {
            const auto admitted = admit(metadata);
            CPPUNIT_ASSERT(!admitted);
            assertProblem(admitted.error());
        }
    }

    void oddValuesAreData() {
        std::vector<Value> odd{Value(),
                               true,
                               -1,
                               1e300,
                               ValueList{},
                               ValueMap{},
                               ValueList{Value()},
                               ValueMap{{"", Value()}}};
        for (const auto& text : oddTexts()) {
            odd.emplace_back(text);
            odd.emplace_back(ValueList{text});
        }
        for (const auto name : plugin_->members()) {
            for (const auto& value : odd) {
                auto metadata = bed_->good();
                metadata.set(name, value);
                if (const auto admitted = admit(metadata); !admitted) {
                    assertProblem(admitted.error());
                }
            }
        }
    }

    void discoveryIsAddedTo() {
        const ValueMap before{{"issuer", context_.issuer.url}, {"a_member", "a value"}};
        ValueMap first = before;
        ValueMap second = before;
        plugin_->describe(context_.issuer, first);
        plugin_->describe(context_.issuer, second);
        CPPUNIT_ASSERT_MESSAGE("it says another thing each time", first == second);
        for (const auto& member : before) {
            CPPUNIT_ASSERT_MESSAGE(member.name, first.find(member.name) != nullptr &&
                                                    *first.find(member.name) == member.value);
        }
    }

    void manyThreadsMayAsk() {
        const auto good = bed_->good();
        const auto bad = bed_->bad();
        together(4, [&](int) {
            for (int turn = 0; turn < 25; ++turn) {
                CPPUNIT_ASSERT(admit(good));
                for (const auto& metadata : bad) {
                    CPPUNIT_ASSERT(!admit(metadata));
                }
            }
        });
    }

    void aBackendThatIsAwayIsNoAnswer() {
        Base::saysThatItIsAway([this](const Context& context) { return admitsOrIsAway(context); });
    }

    void aSlowBackendIsGivenUpInTime() {
        Base::answersInTime([this](const Context& context) { return admitsOrIsAway(context); });
    }

private:
    bool admitsOrIsAway(const Context& context) {
        const auto admitted = admit(context, bed_->good());
        return admitted || Base::isAway(admitted.error());
    }
    Status admit(const ValueMap& members) { return admit(context_, members); }
    Status admit(const Context& context, const ValueMap& members) {
        ValueMap metadata{{"client_id", "shop"},
                          {"redirect_uris", ValueList{"https://shop.example/callback"}}};
        for (const auto& member : members) {
            metadata.set(member.name, member.value);
        }
        return plugin_->admit(context, metadata);
    }
    void assertProblem(const Error& error) {
        CPPUNIT_ASSERT(error.fault == Fault::badInput);
        const auto members = plugin_->members();
        const bool hasName =
            std::any_of(members.begin(), members.end(), [&](std::string_view name) {
                return error.detail.compare(0, name.size() + 1, std::string(name) + ":") == 0;
            });
        CPPUNIT_ASSERT_MESSAGE(error.detail, hasName);
    }
};

}  // namespace gatehouse::testkit
