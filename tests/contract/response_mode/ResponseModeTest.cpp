// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/HostBed.h>
#include <gatehouse/testkit/ResponseModeContract.h>

#include "../AskRecords.h"
#include "../FailedCases.h"
#include "authorization/OwnModes.h"

namespace gatehouse {
namespace {

struct QueryBed {
    std::unique_ptr<ResponseMode> make() { return std::make_unique<QueryMode>(); }
};

struct FormPostBed {
    std::unique_ptr<ResponseMode> make() { return std::make_unique<FormPostMode>(); }
};

enum class Bug { none, raw, secondQuery, elsewhere, nothing, awayIsWrong, isPatient };

/// A query that asks the records, with a bug.
template <Bug bug> class WrongMode final : public ResponseMode {
public:
    explicit WrongMode(Host& host) : host_(host) {}

    std::string_view mode() const noexcept override { return "wrong"; }
    Result<AnswerOnItsWay> write(const AnswerInHand& answer) const override {
        const auto asked = askRecords(host_, answer.context(), bug == Bug::isPatient);
        if (!asked) {
            return bug == Bug::awayIsWrong ? Error::internal("no idea") : asked.error();
        }
        const std::string uri(answer.redirectUri());
        switch (bug) {
        case Bug::raw: return AnswerOnItsWay{uri + "#state=" + answer.parameters()[1].second, {}};
        case Bug::secondQuery: return AnswerOnItsWay{uri + "?code=x", {}};
        case Bug::elsewhere: return AnswerOnItsWay{"https://evil.example/?code=x", {}};
        case Bug::nothing: return AnswerOnItsWay{};
        default: return QueryMode().write(answer);
        }
    }

private:
    Host& host_;
};

template <Bug bug> struct WrongBed : testkit::HostBed {
    std::unique_ptr<ResponseMode> make() { return std::make_unique<WrongMode<bug>>(host); }
};

}  // namespace

/// The contract suite finds what it is there to find, and nothing else.
class WrongModeTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(WrongModeTest);
    CPPUNIT_TEST(whatIsWrongIsFound);
    CPPUNIT_TEST_SUITE_END();

public:
    void whatIsWrongIsFound() {
        CPPUNIT_ASSERT_EQUAL(std::string(), failed<Bug::none>());
        CPPUNIT_ASSERT_EQUAL(
            std::string("codesAndErrorsReachTheClient oddStatesAreDataAndNeverSyntax "),
            failed<Bug::raw>());
        CPPUNIT_ASSERT_EQUAL(std::string("theQueryOfARedirectUriIsKept "),
                             failed<Bug::secondQuery>());
        const std::string all = "codesAndErrorsReachTheClient theQueryOfARedirectUriIsKept "
                                "oddStatesAreDataAndNeverSyntax manyThreadsGetTheirAnswers ";
        CPPUNIT_ASSERT_EQUAL(all, failed<Bug::elsewhere>());
        CPPUNIT_ASSERT_EQUAL(all, failed<Bug::nothing>());
        const std::string slow = "aSlowBackendIsGivenUpInTime ";
        CPPUNIT_ASSERT_EQUAL("aBackendThatIsAwayIsNoAnswer " + slow, failed<Bug::awayIsWrong>());
        CPPUNIT_ASSERT_EQUAL(slow, failed<Bug::isPatient>());
    }

private:
    template <Bug bug> static std::string failed() {
        return failedCases(testkit::ResponseModeContract<WrongBed<bug>>::suite());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(WrongModeTest);
CPPUNIT_TEST_SUITE_REGISTRATION(testkit::ResponseModeContract<QueryBed>);
CPPUNIT_TEST_SUITE_REGISTRATION(testkit::ResponseModeContract<FormPostBed>);

}  // namespace gatehouse
