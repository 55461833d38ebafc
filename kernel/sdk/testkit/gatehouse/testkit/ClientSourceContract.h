// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/ClientSource.h>
#include <gatehouse/testkit/OddTexts.h>
#include <gatehouse/testkit/PluginCase.h>
#include <gatehouse/testkit/Together.h>

#include <memory>
#include <string>

namespace gatehouse::testkit {

/// What every ClientSource promises, run against the plugin of a bed:
///
///     struct AcmeBed {                        // made anew for each case
///         /// Configured and started.
///         std::unique_ptr<gatehouse::ClientSource> make();
///         /// The id of a client that it describes, and one of its that leads to none.
///         std::string known();
///         std::string unknown();
///     };
///     CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::testkit::ClientSourceContract<AcmeBed>);
///
/// Threads call it concurrently, so run it under a thread sanitizer once.
template <class Bed> class ClientSourceContract : public PluginCase<ClientSource, Bed> {
    using Base = PluginCase<ClientSource, Bed>;
    using Base::bed_;
    using Base::context_;
    using Base::plugin_;

    CPPUNIT_TEST_SUITE(ClientSourceContract<Bed>);
    CPPUNIT_TEST(aClientOfItsIsDescribed);
    CPPUNIT_TEST(idsOfOthersAreNotIts);
    CPPUNIT_TEST(whereThereIsNoneThatIsSaid);
    CPPUNIT_TEST(discoveryKeepsWhatItHas);
    CPPUNIT_TEST(awayIsNotUnknown);
    CPPUNIT_TEST(aDeadlineIsKept);
    CPPUNIT_TEST(manyThreadsAsk);
    CPPUNIT_TEST(stoppingTwiceIsHarmless);
    CPPUNIT_TEST_SUITE_END();

public:
    void aClientOfItsIsDescribed() {
        CPPUNIT_ASSERT(plugin_->isFor(bed_->known()));
        const auto said = plugin_->describe(context_, bed_->known());
        CPPUNIT_ASSERT_MESSAGE(said ? "" : said.error().detail, bool(said));
        CPPUNIT_ASSERT(!said->metadata.contains("client_secret"));
        CPPUNIT_ASSERT(said->fresh > seconds{0} && said->good >= said->fresh);
    }

    /// Clients that are registered have ids of any text.
    void idsOfOthersAreNotIts() {
        for (const auto* other : {"", "site", "3b1f8a20", "https", "urn:client:1"}) {
            CPPUNIT_ASSERT_MESSAGE(other, !plugin_->isFor(other));
        }
        for (const auto& odd : oddTexts()) {
            CPPUNIT_ASSERT(!plugin_->isFor(odd));
        }
    }

    void whereThereIsNoneThatIsSaid() {
        CPPUNIT_ASSERT(plugin_->isFor(bed_->unknown()));
        const auto said = plugin_->describe(context_, bed_->unknown());
        CPPUNIT_ASSERT(!said && said.error().fault == Fault::badInput);
    }

    void discoveryKeepsWhatItHas() {
        ValueMap metadata{{"issuer", context_.issuer.url}};
        plugin_->describe(context_.issuer, metadata);
        CPPUNIT_ASSERT_EQUAL(context_.issuer.url, std::string(metadata.text("issuer")));
    }

    void awayIsNotUnknown() {
        this->saysThatItIsAway([this](const Context& context) { return isDescribed(context); });
    }
    void aDeadlineIsKept() {
        this->answersInTime([this](const Context& context) { return isDescribed(context); });
    }

    /// Few at once: it may tell others to come again.
    void manyThreadsAsk() {
        together(4, [this](int) {
            for (int turn = 0; turn < 25; ++turn) {
                (void)isDescribed(Context(context_));
            }
        });
        CPPUNIT_ASSERT(isDescribed(Context(context_)));
    }

private:
    bool isDescribed(const Context& context) const {
        const auto said = plugin_->describe(context, bed_->known());
        return said ? true : Base::isAway(said.error());
    }
};

}  // namespace gatehouse::testkit
