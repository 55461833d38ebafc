// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/MailerContract.h>

#include "../ContractFinds.h"

#include <mutex>

namespace gatehouse {

namespace {

enum class Bug { none, namesEachAnew, believesAnyAddress, triesForEver, givesUp, saysItIsTaken };

struct Box {
    struct Taken {
        std::string id;
        std::vector<std::string> to;
    };
    std::mutex mutex;
    std::vector<Taken> taken;
    std::optional<Fault> refusal;
    bool isAway = false;
};

/// Puts mails into the box of the bed.
template <Bug bug> class WrongMailer final : public Mailer {
public:
    explicit WrongMailer(Box& box) : box_(box) {}

    Status send(const Context& /*context*/, const Mail& mail) const override {
        const std::lock_guard lock(box_.mutex);
        const bool isAddress = mail.to == "ada@example.org";
        if (!isAddress && bug != Bug::believesAnyAddress) {
            return Error::badInput("no address");
        }
        if (box_.isAway && bug != Bug::saysItIsTaken) {
            return Error::unavailable("away");
        }
        if (box_.refusal) {
            const auto fault = bug == Bug::triesForEver ? Fault::unavailable
                               : bug == Bug::givesUp    ? Fault::badInput
                                                        : *box_.refusal;
            return Error{fault, "refused"};
        }
        if (box_.isAway) {
            return Error::badInput("gone");
        }
        const auto number = bug == Bug::namesEachAnew ? std::to_string(box_.taken.size()) : "";
        box_.taken.push_back({mail.id + number, {mail.to}});
        return done();
    }

private:
    Box& box_;
};

template <Bug bug> struct WrongBed {
    using Taken = Box::Taken;

    std::unique_ptr<Mailer> make() { return std::make_unique<WrongMailer<bug>>(box); }
    std::vector<Taken> taken() { return box.taken; }
    void refuse(bool forGood) { box.refusal = forGood ? Fault::badInput : Fault::unavailable; }
    void kill() { box.isAway = true; }
    void revive() { box.isAway = false; }

    Box box;
};

class WrongMailerTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(WrongMailerTest);
    CPPUNIT_TEST(eachIsFound);
    CPPUNIT_TEST_SUITE_END();

    template <Bug bug> static void finds(const std::string& expected) {
        contractFinds<testkit::MailerContract<WrongBed<bug>>>(expected);
    }

public:
    void eachIsFound() {
        finds<Bug::none>("");
        finds<Bug::namesEachAnew>("theSameMailHasTheSameName ");
        finds<Bug::believesAnyAddress>("whatIsNoAddressIsRefusedForGood ");
        finds<Bug::triesForEver>("refusedForGoodIsSaidToBe ");
        finds<Bug::givesUp>("refusedForNowIsTriedAgain ");
        finds<Bug::saysItIsTaken>("awayIsTriedAgain ");
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(WrongMailerTest);

}  // namespace

}  // namespace gatehouse
