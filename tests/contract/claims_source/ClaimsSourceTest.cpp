// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/ClaimsSourceContract.h>
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/HostBed.h>

#include "../AskRecords.h"
#include "../FailedCases.h"

namespace gatehouse {
namespace {

enum class Bug {
    none,
    undeclared,
    forges,
    everywhere,
    dislikesLists,
    failsForClients,
    awayIsNothing,
    isPatient
};

/// Tells a card's number. Keeps what the contract says, but for one bug.
template <Bug bug> class CardClaims final : public ClaimsSource {
public:
    Status configure(const Config&, Host& host) override {
        host_ = &host;
        return done();
    }
    std::vector<std::string_view> names() const override {
        return {bug == Bug::forges ? "azp" : "card"};
    }
    Result<ValueMap> claims(const ClaimsWanted& wanted) const override {
        if (bug == Bug::failsForClients && !wanted.subject().isPerson()) {
            return Error::internal("no person");
        }
        if (bug == Bug::everywhere) {
            return ValueMap{{"card", 1}};
        }
        const auto asked = askRecords(*host_, wanted.context(), bug == Bug::isPatient);
        if (!asked) {
            return bug == Bug::awayIsNothing ? Result<ValueMap>(ValueMap{}) : asked.error();
        }
        const Value* card = wanted.note().find("card");
        if (bug == Bug::dislikesLists && card != nullptr && card->list() != nullptr) {
            return Error::internal("a list");
        }
        if (card == nullptr || wanted.target() != ClaimsWanted::accessToken) {
            return ValueMap{};
        }
        const std::string name(bug == Bug::undeclared ? "other" : names().front());
        return ValueMap{{name, *card}};
    }

private:
    Host* host_ = nullptr;
};

template <Bug bug> struct CardBed : testkit::HostBed {
    std::unique_ptr<ClaimsSource> make() {
        auto made = std::make_unique<CardClaims<bug>>();
        CPPUNIT_ASSERT(made->configure(testkit::FakeConfig{}, host));
        return made;
    }
    ValueMap note() { return {{"card", "4711"}}; }
};

}  // namespace

/// The contract suite finds what it is there to find, and nothing else.
class WrongSourceTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(WrongSourceTest);
    CPPUNIT_TEST(whatIsWrongIsFound);
    CPPUNIT_TEST_SUITE_END();

public:
    void whatIsWrongIsFound() {
        CPPUNIT_ASSERT_EQUAL(
            std::string(
                "itGivesWhatItDeclares oddNotesAreDataAndNeverSyntax manyThreadsGetTheirAnswers "),
            failed<Bug::undeclared>());
        CPPUNIT_ASSERT_EQUAL(std::string("itGivesNoClaimOfTheServers "), failed<Bug::forges>());
        const std::string strange = "aClientAndAStrangePlaceAreNoFault ";
        CPPUNIT_ASSERT_EQUAL(strange, failed<Bug::everywhere>());
        CPPUNIT_ASSERT_EQUAL(strange, failed<Bug::failsForClients>());
        CPPUNIT_ASSERT_EQUAL(std::string("oddNotesAreDataAndNeverSyntax "),
                             failed<Bug::dislikesLists>());
        const std::string slow = "aSlowBackendIsGivenUpInTime ";
        CPPUNIT_ASSERT_EQUAL("aBackendThatIsAwayIsNoAnswer " + slow, failed<Bug::awayIsNothing>());
        CPPUNIT_ASSERT_EQUAL(slow, failed<Bug::isPatient>());
    }

private:
    template <Bug bug> static std::string failed() {
        return failedCases(testkit::ClaimsSourceContract<CardBed<bug>>::suite());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(WrongSourceTest);
CPPUNIT_TEST_SUITE_REGISTRATION(testkit::ClaimsSourceContract<CardBed<Bug::none>>);

}  // namespace gatehouse
