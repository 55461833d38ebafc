// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/Result.h>
#include <gatehouse/Time.h>
#include <gatehouse/testkit/CanBeAway.h>
#include <gatehouse/testkit/FakeContext.h>

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>

#include <memory>
#include <string>

namespace gatehouse::testkit {

/// What the cases of a contract suite start from: the plugin of a bed, made anew for each and
/// stopped at its end. A call that throws fails the case.
///
/// A bed whose plugin has a backend (records, jobs, another server, another plugin) may say how
/// that goes away and how it is slow; one that derives from HostBed does, for all that a host
/// lends:
///
///     /// The backend goes away, and comes back.
///     void kill();
///     void revive();
///     /// Each call takes so long by now(); or until its deadline, and then it fails.
///     void slowDown(gatehouse::milliseconds each);
///     gatehouse::SteadyPoint now();
///
/// Without the first two, or the other two, the case about them has nothing to ask, and passes.
template <class P, class Bed> class PluginCase : public CppUnit::TestFixture {
public:
    void setUp() override {
        bed_ = std::make_unique<Bed>();
        prepare();
        plugin_ = bed_->make();
    }
    void tearDown() override {
        if (plugin_) {
            plugin_->stop();
        }
        plugin_.reset();
        bed_.reset();
    }

    void stoppingTwiceIsHarmless() {
        plugin_->stop();
        plugin_->stop();
    }

protected:
    /// Before the plugin is made.
    virtual void prepare() {}
    /// `ask(context)` asks what the plugin knows: true when it is answered as it should be, false
    /// when it is told that a backend is away, and fails the case at anything else.
    template <class Ask> void saysThatItIsAway(const Ask& ask) {
        if constexpr (canBeAway<Bed>) {
            for (int time = 0; time < 2; ++time) {
                bed_->kill();
                (void)ask(Context(context_));
                bed_->revive();
                CPPUNIT_ASSERT_MESSAGE("the backend is back, and still it says unavailable",
                                       ask(Context(context_)));
            }
        }
    }
    /// The same, before a deadline that a slow backend does not keep.
    template <class Ask> void answersInTime(const Ask& ask) {
        if constexpr (canBeSlow<Bed>) {
            for (const seconds each : {seconds{2}, seconds{10}}) {
                bed_->slowDown(each);
                FakeContext hurried = context_;
                hurried.deadline = bed_->now() + seconds{3};
                (void)ask(Context(hurried));
                CPPUNIT_ASSERT_MESSAGE("it answered after its deadline",
                                       bed_->now() <= hurried.deadline);
            }
            bed_->slowDown(milliseconds{0});
            CPPUNIT_ASSERT_MESSAGE("the backend is fast again, and still it says unavailable",
                                   ask(Context(context_)));
        }
    }

    /// What `ask` answers for an error, which must not mean anything else.
    static bool isAway(const Error& error) {
        CPPUNIT_ASSERT_MESSAGE("not unavailable but: " + error.detail, error.isTemporary());
        return false;
    }
    static bool isAway(const OAuthError& error) {
        CPPUNIT_ASSERT_EQUAL_MESSAGE(error.detail, std::string(OAuthCode::temporarilyUnavailable),
                                     error.code);
        return false;
    }

    std::unique_ptr<Bed> bed_;
    std::unique_ptr<P> plugin_;
    FakeContext context_;
};

}  // namespace gatehouse::testkit
