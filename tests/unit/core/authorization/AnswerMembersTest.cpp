// SPDX-License-Identifier: Apache-2.0
#include "authorization/AnswerMembers.h"

#include <gatehouse/testkit/FakeAnswerInHand.h>
#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/FakeHost.h>

#include <cppunit/extensions/HelperMacros.h>

#include <stdexcept>

namespace gatehouse {

namespace {

class Adder final : public AnswerMember {
public:
    explicit Adder(std::string name) : name_(std::move(name)) {}

    Result<std::vector<Form::Field>> parameters(const AnswerInHand& /*answer*/,
                                                std::string_view sid) const override {
        if (isBroken) {
            throw std::runtime_error("broken");
        }
        return std::vector<Form::Field>{{name_, std::string(sid)}};
    }
    Result<std::vector<Cookie>> cookies(const Context&, std::string_view sid) const override {
        return isBroken ? Result<std::vector<Cookie>>(Error::unavailable("away"))
                        : std::vector<Cookie>{Cookie{name_, std::string(sid)}};
    }

    bool isBroken = false;

private:
    std::string name_;
};

}  // namespace

class AnswerMembersTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AnswerMembersTest);
    CPPUNIT_TEST(allAreAsked);
    CPPUNIT_TEST(whatIsSaidAlreadyStays);
    CPPUNIT_TEST(noTwoSayTheSame);
    CPPUNIT_TEST(theAnswerGoesWithoutWhatFails);
    CPPUNIT_TEST_SUITE_END();

    testkit::FakeHost host_;
    testkit::FakeContext context_;
    Adder one_{"one"};
    Adder two_{"two"};
    const AnswerMembers members_{host_, {{"one", &one_}, {"two", &two_}}};

    std::vector<Form::Field> added(std::vector<Form::Field> parameters) const {
        return members_.parameters(testkit::FakeAnswerInHand(std::move(parameters)), "s1");
    }

public:
    void allAreAsked() {
        CPPUNIT_ASSERT(added({{"code", "c"}}) ==
                       (std::vector<Form::Field>{{"one", "s1"}, {"two", "s1"}}));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, members_.cookies(context_, "s1").size());
        CPPUNIT_ASSERT(AnswerMembers(host_, {}).empty());
    }

    void whatIsSaidAlreadyStays() {
        CPPUNIT_ASSERT(added({{"one", "mine"}}) == (std::vector<Form::Field>{{"two", "s1"}}));
    }

    void noTwoSayTheSame() {
        const AnswerMembers twice(host_, {{"one", &one_}, {"again", &one_}});
        const auto all = twice.parameters(testkit::FakeAnswerInHand({{"code", "c"}}), "s1");
        CPPUNIT_ASSERT(all == (std::vector<Form::Field>{{"one", "s1"}}));
    }

    void theAnswerGoesWithoutWhatFails() {
        one_.isBroken = true;
        CPPUNIT_ASSERT(added({{"code", "c"}}) == (std::vector<Form::Field>{{"two", "s1"}}));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, members_.cookies(context_, "s1").size());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(AnswerMembersTest);

}  // namespace gatehouse
