// SPDX-License-Identifier: Apache-2.0
#include "token/VerifiedTokens.h"

#include "TokenBed.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

namespace {

/// Keys of which only the version matters.
class CountedKeys final : public KeyStore {
public:
    std::vector<std::string_view> algorithms() const override { return {}; }
    Result<std::vector<PublicKey>> publicKeys(const Context&) const override {
        return std::vector<PublicKey>();
    }
    std::uint64_t version(const Context&) const noexcept override { return now; }
    Result<std::string> sign(const Context&, std::string_view, std::string_view) const override {
        return std::string();
    }
    Status rotate(const Context&) override { return done(); }
    Status refresh(const Context&) override { return done(); }

    std::uint64_t now = 1;
};

}  // namespace

class VerifiedTokensTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(VerifiedTokensTest);
    CPPUNIT_TEST(whatWasVerifiedIsKnown);
    CPPUNIT_TEST(nothingOutlivesAChangeOfKeys);
    CPPUNIT_TEST(whatWasVerifiedUnderKeysThatWentMeanwhileIsNotKept);
    CPPUNIT_TEST(keysThatDoNotTellWhetherTheyChangedKeepNothing);
    CPPUNIT_TEST(issuersAreKeptApart);
    CPPUNIT_TEST_SUITE_END();

    TokenBed bed_;
    CountedKeys keys_;
    std::unique_ptr<VerifiedTokens> tokens_;

    void verify() {
        tokens_->put(tokens_->nameOf(bed_.context, "token"), std::make_shared<TokenClaim>());
    }
    bool isKnown(const Context& context) {
        return tokens_->find(tokens_->nameOf(context, "token")) != nullptr;
    }

public:
    void setUp() override {
        bed_.host.add("local", static_cast<KeyStore&>(keys_));
        tokens_ = std::make_unique<VerifiedTokens>(bed_.host);
    }

    void whatWasVerifiedIsKnown() {
        CPPUNIT_ASSERT(!isKnown(bed_.context));
        verify();
        CPPUNIT_ASSERT(isKnown(bed_.context));
    }

    void nothingOutlivesAChangeOfKeys() {
        verify();
        keys_.now = 2;
        CPPUNIT_ASSERT(!isKnown(bed_.context));
    }

    void whatWasVerifiedUnderKeysThatWentMeanwhileIsNotKept() {
        const auto name = tokens_->nameOf(bed_.context, "token");
        keys_.now = 2;
        tokens_->put(name, std::make_shared<TokenClaim>());
        CPPUNIT_ASSERT(!isKnown(bed_.context));
    }

    void keysThatDoNotTellWhetherTheyChangedKeepNothing() {
        keys_.now = 0;
        verify();
        CPPUNIT_ASSERT(!isKnown(bed_.context));
    }

    void issuersAreKeptApart() {
        verify();
        const Issuer other{2, "https://other.example", ""};
        CPPUNIT_ASSERT(!isKnown({other, "request", {}, SteadyPoint::max()}));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(VerifiedTokensTest);

}  // namespace gatehouse
