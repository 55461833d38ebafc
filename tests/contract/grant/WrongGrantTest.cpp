// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/GrantContract.h>
#include <gatehouse/testkit/HostBed.h>

#include "../AskRecords.h"
#include "../ContractFinds.h"

#include <stdexcept>

namespace gatehouse {

namespace {

enum class Bug {
    none,
    echoes,
    throwsAtOddTexts,
    entitlesAlways,
    twoNames,
    oddCode,
    overwrites,
    awayIsWrong,
    isPatient
};

/// Takes the voucher "good".
template <Bug bug> class WrongGrant final : public Grant {
public:
    Status configure(const Config&, Host& host) override {
        host_ = &host;
        return done();
    }
    std::string_view type() const noexcept override { return "urn:example:wrong"; }
    std::vector<std::string_view> parameters() const override {
        return bug == Bug::twoNames ? std::vector<std::string_view>{"voucher", "voucher"}
                                    : std::vector<std::string_view>{"voucher"};
    }
    Result<Entitlement, OAuthError> decide(const TokenRequest& request) const override {
        const auto voucher = request.form().text("voucher");
        if (bug == Bug::throwsAtOddTexts && voucher.size() > 1000) {
            throw std::length_error("a long voucher");
        }
        const auto asked = askRecords(*host_, request.context(), bug == Bug::isPatient);
        if (!asked && bug != Bug::awayIsWrong) {
            return OAuthError::from(asked.error());
        }
        if (bug == Bug::entitlesAlways || (voucher == "good" && asked)) {
            auto entitlement = Entitlement::of(Subject::of(request.client()), {});
            entitlement.members.set(bug == Bug::overwrites ? "scope" : "more", "x");
            return entitlement;
        }
        return OAuthError::of(bug == Bug::oddCode ? "wrong\"code" : OAuthCode::invalidGrant,
                              bug == Bug::echoes ? voucher : "It is not valid");
    }

private:
    Host* host_ = nullptr;
};

template <Bug bug> struct WrongBed : testkit::HostBed {
    std::unique_ptr<Grant> make() {
        auto made = std::make_unique<WrongGrant<bug>>();
        CPPUNIT_ASSERT(made->configure(testkit::FakeConfig{}, host));
        return made;
    }
    testkit::FakeTickets& tickets() { return host.fakeTickets; }
    std::vector<Form::Field> good() { return {{"voucher", "good"}}; }
};

template <Bug bug> using Contract = testkit::GrantContract<WrongBed<bug>>;

}  // namespace

/// The contract suite finds what it is there to find, and nothing else.
class WrongGrantTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(WrongGrantTest);
    CPPUNIT_TEST(aRightGrantPasses);
    CPPUNIT_TEST(wrongOnesAreFound);
    CPPUNIT_TEST_SUITE_END();

public:
    void aRightGrantPasses() { contractFinds<Contract<Bug::none>>(""); }

    void wrongOnesAreFound() {
        contractFinds<Contract<Bug::echoes>>("oddTextsAreData ");
        contractFinds<Contract<Bug::throwsAtOddTexts>>("oddTextsAreData ");
        contractFinds<Contract<Bug::entitlesAlways>>(
            "nothingEntitlesNobody itKeepsNothingOfARequest ");
        contractFinds<Contract<Bug::twoNames>>("itsParametersAreItsOwn ");
        contractFinds<Contract<Bug::oddCode>>("nothingEntitlesNobody oddTextsAreData ");
        contractFinds<Contract<Bug::overwrites>>("goodParametersEntitle ");
        contractFinds<Contract<Bug::awayIsWrong>>(
            "aBackendThatIsAwayIsNoAnswer aSlowBackendIsGivenUpInTime ");
        contractFinds<Contract<Bug::isPatient>>("aSlowBackendIsGivenUpInTime ");
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(WrongGrantTest);

}  // namespace gatehouse
