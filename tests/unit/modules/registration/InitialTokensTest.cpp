// SPDX-License-Identifier: Apache-2.0
#include "InitialTokens.h"

#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/FakeHost.h>

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class InitialTokensTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(InitialTokensTest);
    CPPUNIT_TEST(itIsGoodAsOftenAsItSays);
    CPPUNIT_TEST(whatIsGivenBackIsGoodAgain);
    CPPUNIT_TEST(anotherTextIsNone);
    CPPUNIT_TEST(itExpiresAndIsRevoked);
    CPPUNIT_TEST(whatIsListedIsNoSecret);
    CPPUNIT_TEST(aStorageThatIsAwayIsNoRefusal);
    CPPUNIT_TEST_SUITE_END();

    testkit::FakeHost host_;
    testkit::FakeContext context_;
    const InitialTokens tokens_{host_};

    NewInitialToken make(std::int64_t uses = 1) {
        InitialToken wish;
        wish.left = uses;
        wish.expires = host_.fakeClock.now() + seconds{60};
        wish.policy.scopes = {"orders"};
        return *tokens_.make(context_, wish);
    }
    bool take(std::string_view text) { return tokens_.take(context_, text)->has_value(); }

public:
    void itIsGoodAsOftenAsItSays() {
        const auto made = make(2);
        const auto taken = *tokens_.take(context_, made.text);
        CPPUNIT_ASSERT(taken && taken->policy.scopes == std::vector<std::string>{"orders"});
        CPPUNIT_ASSERT(take(made.text));
        CPPUNIT_ASSERT(!take(made.text));
    }

    void whatIsGivenBackIsGoodAgain() {
        const auto made = make();
        CPPUNIT_ASSERT(take(made.text));
        tokens_.giveBack(context_, made.token.id);
        CPPUNIT_ASSERT(take(made.text));
        CPPUNIT_ASSERT(!take(made.text));
        tokens_.giveBack(context_, "another");
    }

    void anotherTextIsNone() {
        const auto one = make();
        const auto other = make();
        const auto secret = other.text.substr(other.text.find('.'));
        for (const auto& text : {std::string(), std::string("."), one.token.id, one.text + "x",
                                 one.token.id + secret, one.text.substr(1), "x" + secret}) {
            CPPUNIT_ASSERT_MESSAGE(text, !take(text));
        }
    }

    void itExpiresAndIsRevoked() {
        const auto made = make(5);
        CPPUNIT_ASSERT(*tokens_.revoke(context_, make().token.id));
        CPPUNIT_ASSERT(!*tokens_.revoke(context_, "another"));
        CPPUNIT_ASSERT(take(made.text));
        host_.fakeClock.advance(seconds{61});
        CPPUNIT_ASSERT(!take(made.text));
        CPPUNIT_ASSERT(tokens_.list(context_)->empty());
    }

    void whatIsListedIsNoSecret() {
        const auto made = make(3);
        take(made.text);
        const auto listed = *tokens_.list(context_);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, listed.size());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2}, listed[0].left);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, listed[0].used);
        const auto record = *host_.records().find(context_, "initial_token", made.token.id);
        const auto secret = made.text.substr(made.text.find('.') + 1);
        CPPUNIT_ASSERT(record->payload.find(secret) == std::string::npos);
    }

    void aStorageThatIsAwayIsNoRefusal() {
        const auto made = make();
        host_.fakeRecords.fail(Error::unavailable("away"));
        CPPUNIT_ASSERT(tokens_.take(context_, made.text).error().isTemporary());
        tokens_.giveBack(context_, made.token.id);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(InitialTokensTest);

}  // namespace gatehouse
