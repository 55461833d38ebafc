// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/ResponseModeContract.h>

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

enum class Bug { raw, secondQuery, elsewhere, nothing };

/// A query with a bug.
template <Bug bug> class WrongMode final : public ResponseMode {
public:
    std::string_view mode() const noexcept override { return "wrong"; }
    Result<AnswerOnItsWay> write(const AnswerInHand& answer) const override {
        const std::string uri(answer.redirectUri());
        switch (bug) {
        case Bug::raw: return AnswerOnItsWay{uri + "#state=" + answer.parameters()[1].second, {}};
        case Bug::secondQuery: return AnswerOnItsWay{uri + "?code=x", {}};
        case Bug::elsewhere: return AnswerOnItsWay{"https://evil.example/?code=x", {}};
        case Bug::nothing: break;
        }
        return AnswerOnItsWay{};
    }
};

template <Bug bug> struct WrongBed {
    std::unique_ptr<ResponseMode> make() { return std::make_unique<WrongMode<bug>>(); }
};

}  // namespace

/// The contract suite finds what it is there to find, and nothing else.
class WrongModeTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(WrongModeTest);
    CPPUNIT_TEST(whatIsWrongIsFound);
    CPPUNIT_TEST_SUITE_END();

public:
    void whatIsWrongIsFound() {
        CPPUNIT_ASSERT_EQUAL(
            std::string("codesAndErrorsReachTheClient oddStatesAreDataAndNeverSyntax "),
            failed<Bug::raw>());
        CPPUNIT_ASSERT_EQUAL(std::string("theQueryOfARedirectUriIsKept "),
                             failed<Bug::secondQuery>());
        const std::string all = "codesAndErrorsReachTheClient theQueryOfARedirectUriIsKept "
                                "oddStatesAreDataAndNeverSyntax manyThreadsGetTheirAnswers ";
        CPPUNIT_ASSERT_EQUAL(all, failed<Bug::elsewhere>());
        CPPUNIT_ASSERT_EQUAL(all, failed<Bug::nothing>());
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
