// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/FakeContext.h>

#include "ProofBed.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

/// The server's nonce (RFC 9449 sections 8 and 9).
class DpopNonceTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(DpopNonceTest);
    CPPUNIT_TEST(aProofWithoutOneIsAskedForOne);
    CPPUNIT_TEST(aMissingProofIsNot);
    CPPUNIT_TEST(oneIsTakenUntilItsSuccessorEnds);
    CPPUNIT_TEST(anotherIssuersIsNoneHere);
    CPPUNIT_TEST(aResourceAsksBy401);
    CPPUNIT_TEST(goodAnswersTellTheNext);
    CPPUNIT_TEST(oneThatEndsAtOnceIsNoSetting);
    CPPUNIT_TEST_SUITE_END();

    ProofBed bed_;
    std::unique_ptr<DpopBinding> binding_ = bed_.make({{"nonce_life", "60s"}});
    testkit::FakeContext context_;

    auto bind(const ValueMap& changes) {
        return binding_->bind(context_, ProofBed::tokenRequest(bed_.proof(bed_.claims(changes))),
                              {});
    }
    std::string nonce() {
        const auto refused = bind({});
        CPPUNIT_ASSERT_EQUAL(std::string("use_dpop_nonce"), refused.error().code);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, refused.error().headers.size());
        CPPUNIT_ASSERT_EQUAL(std::string("DPoP-Nonce"), refused.error().headers[0].name);
        return refused.error().headers[0].value;
    }

public:
    void aProofWithoutOneIsAskedForOne() {
        CPPUNIT_ASSERT_EQUAL(400, bind({}).error().httpStatus());
        CPPUNIT_ASSERT_EQUAL(std::string("use_dpop_nonce"), bind({{"nonce", "x"}}).error().code);
        CPPUNIT_ASSERT(bind({{"nonce", nonce()}}));
    }

    void aMissingProofIsNot() {
        CPPUNIT_ASSERT(binding_->bind(context_, {}, {}));
        const auto shown = binding_->prove(context_, {}, "t", ProofBed::jkt(1));
        CPPUNIT_ASSERT_EQUAL(std::string("invalid_dpop_proof"), shown.error().code);
        CPPUNIT_ASSERT(shown.error().headers.empty());
    }

    void oneIsTakenUntilItsSuccessorEnds() {
        const auto first = nonce();
        CPPUNIT_ASSERT(bind({{"nonce", first}}));
        bed_.host.fakeClock.advance(seconds{60});
        CPPUNIT_ASSERT(first != nonce());
        CPPUNIT_ASSERT(bind({{"nonce", first}}));
        bed_.host.fakeClock.advance(seconds{60});
        CPPUNIT_ASSERT(!bind({{"nonce", first}}));
    }

    void anotherIssuersIsNoneHere() {
        const auto own = nonce();
        const testkit::FakeContext other(2);
        const auto request = ProofBed::tokenRequest(bed_.proof(bed_.claims({{"nonce", own}})));
        CPPUNIT_ASSERT(!binding_->bind(other, request, {}));
        CPPUNIT_ASSERT(binding_->bind(context_, request, {}));
    }

    void aResourceAsksBy401() {
        const auto asked = binding_->prove(context_, bed_.shows("t", 1), "t", ProofBed::jkt(1));
        CPPUNIT_ASSERT_EQUAL(std::string("use_dpop_nonce"), asked.error().code);
        CPPUNIT_ASSERT_EQUAL(401, asked.error().httpStatus());
        const auto& headers = asked.error().headers;
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, headers.size());
        const auto again = bed_.resourceRequest("t", {{"nonce", headers[0].value}});
        CPPUNIT_ASSERT(binding_->prove(context_, again, "t", ProofBed::jkt(1)));
    }

    void goodAnswersTellTheNext() {
        const auto told = binding_->fields(context_, bed_.shows("t", 1));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, told.size());
        CPPUNIT_ASSERT_EQUAL(nonce(), told[0].value);
        CPPUNIT_ASSERT(binding_->fields(context_, {}).empty());
        CPPUNIT_ASSERT(bed_.make()->fields(context_, bed_.shows("t", 1)).empty());
    }

    void oneThatEndsAtOnceIsNoSetting() {
        DpopBinding binding;
        const testkit::FakeConfig config(fieldsOf<DpopBinding>(), {{"nonce_life", "9s"}});
        const auto configured = binding.configure(config, bed_.host);
        CPPUNIT_ASSERT_EQUAL(std::string("test:nonce_life: nonce_life is 0s or at least 10s"),
                             configured.error().detail);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(DpopNonceTest);

}  // namespace gatehouse
