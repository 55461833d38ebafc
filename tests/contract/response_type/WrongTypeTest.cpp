// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/HostBed.h>
#include <gatehouse/testkit/ResponseTypeContract.h>

#include "../AskRecords.h"
#include "../FailedCases.h"

#include <atomic>
#include <stdexcept>

namespace gatehouse {

namespace {

enum class Bug {
    none,
    noWord,
    isCode,
    refuses,
    echoes,
    throwsAtOddTexts,
    saysState,
    isEmpty,
    forgets,
    passesOver,
    awayIsWrong,
    isPatient
};

/// An ID token, and beside it a receipt.
template <Bug bug> class WrongType final : public ResponseType {
public:
    explicit WrongType(Host& host) : host_(host) {}

    std::string_view kind() const noexcept override {
        return bug == Bug::noWord ? "a b" : bug == Bug::isCode ? code : "receipt";
    }
    std::string_view grant() const noexcept override { return ""; }
    bool standsAlone() const noexcept override { return true; }
    Result<std::monostate, OAuthError> check(const Form& parameters) const override {
        const auto wanted = parameters.text("receipt");
        if (bug == Bug::throwsAtOddTexts && wanted.size() > 1000) {
            throw std::length_error("a long receipt");
        }
        if (bug == Bug::refuses || wanted != "yes") {
            return OAuthError::of(OAuthCode::invalidRequest,
                                  bug == Bug::echoes ? wanted : "There is no such receipt");
        }
        return std::monostate{};
    }
    Result<std::monostate, OAuthError> addTo(AnswerInMaking& answer) const override {
        const auto asked = askRecords(host_, answer.context(), bug == Bug::isPatient);
        if (!asked) {
            return bug == Bug::awayIsWrong ? OAuthError::of(OAuthCode::accessDenied, "No")
                                           : OAuthError::from(asked.error());
        }
        auto added = answer.addIdToken();
        if (!added && bug != Bug::passesOver) {
            return added;
        }
        if (bug != Bug::forgets || !hasForgotten_) {
            hasForgotten_ = true;
            answer.add(bug == Bug::saysState ? "state" : "receipt", bug == Bug::isEmpty ? "" : "r");
        }
        return std::monostate{};
    }

private:
    Host& host_;
    mutable std::atomic<bool> hasForgotten_{false};
};

template <Bug bug> struct WrongBed : testkit::HostBed {
    std::unique_ptr<ResponseType> make() { return std::make_unique<WrongType<bug>>(host); }
    static Form good() { return Form({{"receipt", "yes"}}); }
};

}  // namespace

/// The contract suite finds what it is there to find, and nothing else.
class WrongTypeTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(WrongTypeTest);
    CPPUNIT_TEST(whatIsWrongIsFound);
    CPPUNIT_TEST_SUITE_END();

public:
    void whatIsWrongIsFound() {
        CPPUNIT_ASSERT_EQUAL(std::string(), failed<Bug::none>());
        CPPUNIT_ASSERT_EQUAL(std::string("itsKindIsAWord "), failed<Bug::noWord>());
        CPPUNIT_ASSERT_EQUAL(std::string("itsKindIsAWord "), failed<Bug::isCode>());
        CPPUNIT_ASSERT_EQUAL(std::string("aGoodRequestPasses manyThreadsGetTheirAnswers "),
                             failed<Bug::refuses>());
        // A refusal without words is one too.
        CPPUNIT_ASSERT_EQUAL(
            std::string("aRequestWithoutItsParametersIsNoFault oddValuesAreDataAndNeverSyntax "),
            failed<Bug::echoes>());
        CPPUNIT_ASSERT_EQUAL(std::string("oddValuesAreDataAndNeverSyntax "),
                             failed<Bug::throwsAtOddTexts>());
        CPPUNIT_ASSERT_EQUAL(std::string("itAddsWhatAnAnswerMayHave "), failed<Bug::saysState>());
        CPPUNIT_ASSERT_EQUAL(std::string("itAddsWhatAnAnswerMayHave "), failed<Bug::isEmpty>());
        CPPUNIT_ASSERT_EQUAL(std::string("itAddsAgainWhatItAdded "), failed<Bug::forgets>());
        CPPUNIT_ASSERT_EQUAL(std::string("aTokenThatIsRefusedIsNoAnswer "),
                             failed<Bug::passesOver>());
        const std::string slow = "aSlowBackendIsGivenUpInTime ";
        CPPUNIT_ASSERT_EQUAL("aBackendThatIsAwayIsNoAnswer " + slow, failed<Bug::awayIsWrong>());
        CPPUNIT_ASSERT_EQUAL(slow, failed<Bug::isPatient>());
    }

private:
    template <Bug bug> static std::string failed() {
        return failedCases(testkit::ResponseTypeContract<WrongBed<bug>>::suite());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(WrongTypeTest);

}  // namespace gatehouse
