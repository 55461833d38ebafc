// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/TrustedIssuer.h>
#include <gatehouse/testkit/ErrorTexts.h>
#include <gatehouse/testkit/OddTexts.h>
#include <gatehouse/testkit/PluginCase.h>
#include <gatehouse/testkit/Together.h>

#include <memory>
#include <string>

namespace gatehouse::testkit {

/// What every TrustedIssuer promises, run against the plugin of a bed:
///
///     struct AcmeBed {                        // made anew for each case
///         /// Configured and started.
///         std::unique_ptr<gatehouse::TrustedIssuer> make();
///         /// A good assertion, which the client "shop" may show and no other.
///         std::string good();
///         /// One of the same issuer that is not good.
///         std::string bad();
///         /// One of another issuer.
///         std::string foreign();
///     };
///     CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::testkit::TrustedIssuerContract<AcmeBed>);
///
/// Threads call it concurrently, so run it under a thread sanitizer once.
template <class Bed> class TrustedIssuerContract : public PluginCase<TrustedIssuer, Bed> {
    using Base = PluginCase<TrustedIssuer, Bed>;
    using Base::bed_;
    using Base::context_;
    using Base::plugin_;

    CPPUNIT_TEST_SUITE(TrustedIssuerContract<Bed>);
    CPPUNIT_TEST(itVouchesForAGoodAssertion);
    CPPUNIT_TEST(anotherClientMayNotShowIt);
    CPPUNIT_TEST(whatIsNotGoodIsRefused);
    CPPUNIT_TEST(aForeignOneIsNotItsOwn);
    CPPUNIT_TEST(oddTextsAreNotGood);
    CPPUNIT_TEST(awayIsNotRefused);
    CPPUNIT_TEST(aDeadlineIsKept);
    CPPUNIT_TEST(manyThreadsAskIt);
    CPPUNIT_TEST(stoppingTwiceIsHarmless);
    CPPUNIT_TEST_SUITE_END();

public:
    void itVouchesForAGoodAssertion() { CPPUNIT_ASSERT(vouches(context_)); }

    void anotherClientMayNotShowIt() { assertRefused(vouch("other", bed_->good())); }

    void whatIsNotGoodIsRefused() { assertRefused(vouch("shop", bed_->bad())); }

    void aForeignOneIsNotItsOwn() {
        const auto vouched = vouch("shop", bed_->foreign());
        CPPUNIT_ASSERT(vouched && !*vouched);
    }

    void oddTextsAreNotGood() {
        for (const auto& odd : oddTexts()) {
            const auto vouched = vouch("shop", odd);
            CPPUNIT_ASSERT_MESSAGE(odd, !vouched || !*vouched);
        }
    }

    void awayIsNotRefused() {
        this->saysThatItIsAway([this](const Context& context) { return vouches(context); });
    }
    void aDeadlineIsKept() {
        this->answersInTime([this](const Context& context) { return vouches(context); });
    }

    void manyThreadsAskIt() {
        together(4, [this](int) {
            for (int turn = 0; turn < 25; ++turn) {
                itVouchesForAGoodAssertion();
                anotherClientMayNotShowIt();
            }
        });
    }

private:
    using Answer = Result<std::optional<Vouched>, OAuthError>;

    Answer vouch(const Context& context, const std::string& client,
                 const std::string& assertion) const {
        Client shown;
        shown.id = client;
        return plugin_->vouch(context, shown, assertion);
    }
    Answer vouch(const std::string& client, const std::string& assertion) const {
        return vouch(context_, client, assertion);
    }
    bool vouches(const Context& context) const {
        const auto vouched = vouch(context, "shop", bed_->good());
        if (!vouched) {
            CPPUNIT_ASSERT_MESSAGE(vouched.error().detail, Base::isAway(vouched.error()));
            return false;
        }
        CPPUNIT_ASSERT(*vouched);
        const auto& subject = (*vouched)->subject;
        CPPUNIT_ASSERT_MESSAGE("it is about nobody", !subject.sub.empty() || subject.isPerson());
        CPPUNIT_ASSERT_MESSAGE("it has no end", (*vouched)->expires != TimePoint{});
        return true;
    }
    static void assertRefused(const Answer& vouched) {
        CPPUNIT_ASSERT(!vouched);
        assertTellable(vouched.error());
        CPPUNIT_ASSERT_EQUAL(std::string(OAuthCode::invalidGrant), vouched.error().code);
    }
};

}  // namespace gatehouse::testkit
