// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/Mailer.h>
#include <gatehouse/testkit/OddTexts.h>
#include <gatehouse/testkit/PluginCase.h>
#include <gatehouse/testkit/Together.h>

#include <string>
#include <vector>

namespace gatehouse::testkit {

/// What every Mailer promises, run against the plugin of a bed:
///
///     struct AcmeBed {                        // made anew for each case
///         /// Configured and started.
///         std::unique_ptr<gatehouse::Mailer> make();
///         /// A mail as whoever takes them has got it.
///         struct Taken {
///             std::string id;                  // by which a second one is known
///             std::vector<std::string> to;
///         };
///         std::vector<Taken> taken();
///         /// From now on whoever takes mails refuses them, for good or for now.
///         void refuse(bool forGood);
///     };
///     CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::testkit::MailerContract<AcmeBed>);
///
/// Threads call it concurrently, so run it under a thread sanitizer once.
template <class Bed> class MailerContract : public PluginCase<Mailer, Bed> {
    using Base = PluginCase<Mailer, Bed>;
    using Base::bed_;
    using Base::context_;
    using Base::plugin_;

    CPPUNIT_TEST_SUITE(MailerContract<Bed>);
    CPPUNIT_TEST(aMailIsTakenOnce);
    CPPUNIT_TEST(theSameMailHasTheSameName);
    CPPUNIT_TEST(oddTextsReachNobodyElse);
    CPPUNIT_TEST(whatIsNoAddressIsRefusedForGood);
    CPPUNIT_TEST(refusedForGoodIsSaidToBe);
    CPPUNIT_TEST(refusedForNowIsTriedAgain);
    CPPUNIT_TEST(awayIsTriedAgain);
    CPPUNIT_TEST(manyThreadsSend);
    CPPUNIT_TEST(stoppingTwiceIsHarmless);
    CPPUNIT_TEST_SUITE_END();

public:
    void aMailIsTakenOnce() {
        CPPUNIT_ASSERT(sends(mail("1")));
        const auto taken = bed_->taken();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, taken.size());
        CPPUNIT_ASSERT(taken.front().to == std::vector<std::string>{"ada@example.org"});
    }

    void theSameMailHasTheSameName() {
        CPPUNIT_ASSERT(sends(mail("1")) && sends(mail("1")) && sends(mail("2")));
        const auto taken = bed_->taken();
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, taken.size());
        CPPUNIT_ASSERT_EQUAL(taken[0].id, taken[1].id);
        CPPUNIT_ASSERT(taken[1].id != taken[2].id);
    }

    void oddTextsReachNobodyElse() {
        auto odd = oddTexts();
        odd.insert(odd.end(),
                   {"x\r\nBcc: eve@example.org", "x\n.\nMAIL FROM:<eve@example.org>", "."});
        for (const auto& text : odd) {
            Mail strange = mail("1");
            strange.subject = text;
            const auto first = plugin_->send(context_, strange);
            CPPUNIT_ASSERT(first || first.error().fault == Fault::badInput);
            strange = mail("2");
            strange.text = text;
            const auto second = plugin_->send(context_, strange);
            CPPUNIT_ASSERT(second || second.error().fault == Fault::badInput);
        }
        for (const auto& taken : bed_->taken()) {
            CPPUNIT_ASSERT(taken.to == std::vector<std::string>{"ada@example.org"});
        }
    }

    void whatIsNoAddressIsRefusedForGood() {
        auto odd = oddTexts();
        odd.insert(odd.end(),
                   {"", "ada", "@example.org", "ada@", "ada@example.org, eve@example.org",
                    "ada@example.org>\r\nRCPT TO:<eve@example.org", "<ada@example.org>",
                    "\"ada eve\"@example.org", "ada@example.org\n"});
        for (const auto& to : odd) {
            Mail strange = mail("1");
            strange.to = to;
            const auto sent = plugin_->send(context_, strange);
            CPPUNIT_ASSERT_MESSAGE(to, !sent && sent.error().fault == Fault::badInput);
        }
        CPPUNIT_ASSERT(bed_->taken().empty());
    }

    void refusedForGoodIsSaidToBe() {
        bed_->refuse(true);
        const auto sent = plugin_->send(context_, mail("1"));
        CPPUNIT_ASSERT(!sent && sent.error().fault == Fault::badInput);
    }

    void refusedForNowIsTriedAgain() {
        bed_->refuse(false);
        const auto sent = plugin_->send(context_, mail("1"));
        CPPUNIT_ASSERT(!sent && sent.error().isTemporary());
    }

    void awayIsTriedAgain() {
        this->saysThatItIsAway([this](const Context& context) {
            const auto sent = plugin_->send(context, mail("1"));
            return sent ? true : Base::isAway(sent.error());
        });
    }

    void manyThreadsSend() {
        together(4, [this](int number) {
            for (int turn = 0; turn < 5; ++turn) {
                CPPUNIT_ASSERT(sends(mail(std::to_string(number * 5 + turn))));
            }
        });
        CPPUNIT_ASSERT_EQUAL(std::size_t{20}, bed_->taken().size());
    }

private:
    static Mail mail(const std::string& id) {
        return {"mail" + id, "ada@example.org", "A subject", "A text,\nof lines.\n", TimePoint{}};
    }
    bool sends(const Mail& mail) const {
        const auto sent = plugin_->send(context_, mail);
        CPPUNIT_ASSERT_MESSAGE(sent ? "" : sent.error().detail, bool(sent));
        return true;
    }
};

}  // namespace gatehouse::testkit
