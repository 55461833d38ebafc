// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/TokenBindingContract.h>

#include "../ContractFinds.h"

#include <stdexcept>

namespace gatehouse {

namespace {

enum class Bug { none, believesAll, bindsAlways, believesOddBounds, throwsAtLongKeys };

/// Binds to the header "key" itself.
template <Bug bug> class WrongBinding final : public TokenBinding {
public:
    std::string_view confirmation() const noexcept override { return "key"; }
    std::string_view tokenType() const noexcept override { return "Keyed"; }
    Result<std::optional<Value>, OAuthError> bind(const Context&, const HttpRequest& request,
                                                  const Client&) const override {
        const auto key = request.header("key");
        if (bug == Bug::throwsAtLongKeys && key.size() > 1000) {
            throw std::length_error("a long key");
        }
        if (key.empty() && bug != Bug::bindsAlways) {
            return std::optional<Value>();
        }
        return std::optional<Value>(key);
    }
    Result<std::monostate, OAuthError> prove(const Context&, const HttpRequest& request,
                                             std::string_view, const Value& bound) const override {
        const auto key = request.header("key");
        const bool isOdd = bound.text() == nullptr;
        const bool holds = bug == Bug::believesAll || (isOdd && bug == Bug::believesOddBounds) ||
                           (!isOdd && !key.empty() && *bound.text() == key);
        return holds ? Result<std::monostate, OAuthError>(std::monostate{})
                     : OAuthError::of(OAuthCode::invalidToken, "It is another key");
    }
};

template <Bug bug> struct WrongBed {
    std::unique_ptr<TokenBinding> make() { return std::make_unique<WrongBinding<bug>>(); }
    HttpRequest asks(int key) {
        HttpRequest request;
        request.headers = {{"key", "k" + std::to_string(key)}};
        return request;
    }
    HttpRequest shows(std::string_view, int key) { return asks(key); }
    Client client() { return {}; }
};

template <Bug bug> using Contract = testkit::TokenBindingContract<WrongBed<bug>>;

}  // namespace

/// The contract suite finds what it is there to find, and nothing else.
class WrongBindingTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(WrongBindingTest);
    CPPUNIT_TEST(aRightBindingPasses);
    CPPUNIT_TEST(wrongOnesAreFound);
    CPPUNIT_TEST_SUITE_END();

public:
    void aRightBindingPasses() { contractFinds<Contract<Bug::none>>(""); }

    void wrongOnesAreFound() {
        contractFinds<Contract<Bug::believesAll>>(
            "anothersDoesNot noneDoesNot whatItDidNotBindDoesNotHold manyThreadsMayAsk ");
        contractFinds<Contract<Bug::bindsAlways>>("aRequestWithoutAProofBindsNothing ");
        contractFinds<Contract<Bug::believesOddBounds>>("whatItDidNotBindDoesNotHold ");
        contractFinds<Contract<Bug::throwsAtLongKeys>>("oddTextsAreData ");
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(WrongBindingTest);

}  // namespace gatehouse
