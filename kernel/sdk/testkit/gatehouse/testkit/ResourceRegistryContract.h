// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/ResourceRegistry.h>
#include <gatehouse/testkit/OddTexts.h>
#include <gatehouse/testkit/PluginCase.h>
#include <gatehouse/testkit/Together.h>

#include <memory>
#include <string>

namespace gatehouse::testkit {

/// What every ResourceRegistry promises, run against the plugin of a bed:
///
///     struct AcmeBed {                        // made anew for each case
///         /// Configured and started; it knows "https://api.example/orders" and nothing else.
///         std::unique_ptr<gatehouse::ResourceRegistry> make();
///     };
///     CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::testkit::ResourceRegistryContract<AcmeBed>);
///
/// Threads call it concurrently, so run it under a thread sanitizer once.
template <class Bed> class ResourceRegistryContract : public PluginCase<ResourceRegistry, Bed> {
    using Base = PluginCase<ResourceRegistry, Bed>;
    using Base::context_;
    using Base::plugin_;

    CPPUNIT_TEST_SUITE(ResourceRegistryContract<Bed>);
    CPPUNIT_TEST(whatItKnowsIsFound);
    CPPUNIT_TEST(nothingElseIs);
    CPPUNIT_TEST(awayIsNotUnknown);
    CPPUNIT_TEST(aDeadlineIsKept);
    CPPUNIT_TEST(manyThreadsFindIt);
    CPPUNIT_TEST(stoppingTwiceIsHarmless);
    CPPUNIT_TEST_SUITE_END();

    static constexpr const char* orders = "https://api.example/orders";

public:
    void whatItKnowsIsFound() {
        const auto found = plugin_->find(context_, orders);
        CPPUNIT_ASSERT(found && *found != nullptr);
        CPPUNIT_ASSERT_EQUAL(std::string(orders), (*found)->identifier);
        CPPUNIT_ASSERT((*found)->longest >= seconds{0});
    }

    /// Compared character by character.
    void nothingElseIs() {
        for (const auto* other : {"", "https://api.example/order", "https://api.example/orders/",
                                  "https://API.example/orders", "https://api.example:443/orders"}) {
            assertUnknown(other);
        }
        for (const auto& odd : oddTexts()) {
            assertUnknown(odd);
        }
    }

    void awayIsNotUnknown() {
        this->saysThatItIsAway([this](const Context& context) { return isKnown(context); });
    }
    void aDeadlineIsKept() {
        this->answersInTime([this](const Context& context) { return isKnown(context); });
    }

    void manyThreadsFindIt() {
        together(4, [this](int) {
            for (int turn = 0; turn < 25; ++turn) {
                whatItKnowsIsFound();
            }
        });
    }

private:
    bool isKnown(const Context& context) const {
        const auto found = plugin_->find(context, orders);
        if (!found) {
            return Base::isAway(found.error());
        }
        CPPUNIT_ASSERT(*found != nullptr);
        return true;
    }

    void assertUnknown(const std::string& identifier) const {
        const auto found = plugin_->find(context_, identifier);
        CPPUNIT_ASSERT_MESSAGE(identifier, found && *found == nullptr);
    }
};

}  // namespace gatehouse::testkit
