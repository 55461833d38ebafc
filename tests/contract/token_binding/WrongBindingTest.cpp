// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/HostBed.h>
#include <gatehouse/testkit/TokenBindingContract.h>

#include "../AskRecords.h"
#include "../ContractFinds.h"

#include <stdexcept>

namespace gatehouse {

namespace {

enum class Bug {
    none,
    believesAll,
    bindsAlways,
    believesOddBounds,
    throwsAtLongKeys,
    awayIsWrong,
    isPatient
};

/// Binds to the header "key" itself.
template <Bug bug> class WrongBinding final : public TokenBinding {
public:
    Status configure(const Config&, Host& host) override {
        host_ = &host;
        return done();
    }
    std::string_view confirmation() const noexcept override { return "key"; }
    std::string_view tokenType() const noexcept override { return "Keyed"; }
    Result<std::optional<Possession>, OAuthError> bind(const Context&, const HttpRequest& request,
                                                       const Client&) const override {
        const auto key = request.header("key");
        if (bug == Bug::throwsAtLongKeys && key.size() > 1000) {
            throw std::length_error("a long key");
        }
        if (key.empty() && bug != Bug::bindsAlways) {
            return std::optional<Possession>();
        }
        return std::optional<Possession>(key);
    }
    Result<std::monostate, OAuthError> prove(const Context& context, const HttpRequest& request,
                                             std::string_view, const Value& bound) const override {
        const auto asked = askRecords(*host_, context, bug == Bug::isPatient);
        if (!asked && bug != Bug::awayIsWrong) {
            return OAuthError::from(asked.error());
        }
        const auto key = asked ? request.header("key") : "";
        const bool isOdd = bound.text() == nullptr;
        const bool holds = bug == Bug::believesAll || (isOdd && bug == Bug::believesOddBounds) ||
                           (!isOdd && !key.empty() && *bound.text() == key);
        return holds ? Result<std::monostate, OAuthError>(std::monostate{})
                     : OAuthError::of(OAuthCode::invalidToken, "It is another key");
    }

private:
    Host* host_ = nullptr;
};

template <Bug bug> struct WrongBed : testkit::HostBed {
    std::unique_ptr<TokenBinding> make() {
        auto made = std::make_unique<WrongBinding<bug>>();
        CPPUNIT_ASSERT(made->configure(testkit::FakeConfig{}, host));
        return made;
    }
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
        contractFinds<Contract<Bug::awayIsWrong>>(
            "aBackendThatIsAwayIsNoAnswer aSlowBackendIsGivenUpInTime ");
        contractFinds<Contract<Bug::isPatient>>("aSlowBackendIsGivenUpInTime ");
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(WrongBindingTest);

}  // namespace gatehouse
