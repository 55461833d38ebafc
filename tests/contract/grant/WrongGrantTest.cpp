// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/FakeTickets.h>
#include <gatehouse/testkit/GrantContract.h>

#include "../ContractFinds.h"

#include <stdexcept>

namespace gatehouse {

namespace {

enum class Bug { none, echoes, throwsAtOddTexts, entitlesAlways, twoNames, oddCode, overwrites };

/// Takes the voucher "good".
template <Bug bug> class WrongGrant final : public Grant {
public:
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
        if (bug == Bug::entitlesAlways || voucher == "good") {
            auto entitlement = Entitlement::of(Subject::of(request.client()), {});
            entitlement.members.set(bug == Bug::overwrites ? "scope" : "more", "x");
            return entitlement;
        }
        return OAuthError::of(bug == Bug::oddCode ? "wrong\"code" : OAuthCode::invalidGrant,
                              bug == Bug::echoes ? voucher : "It is not valid");
    }
};

template <Bug bug> struct WrongBed {
    std::unique_ptr<Grant> make() { return std::make_unique<WrongGrant<bug>>(); }
    testkit::FakeTickets& tickets() { return fakeTickets; }
    std::vector<Form::Field> good() { return {{"voucher", "good"}}; }

    testkit::FakeTickets fakeTickets;
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
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(WrongGrantTest);

}  // namespace gatehouse
