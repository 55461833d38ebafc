// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/HostBed.h>
#include <gatehouse/testkit/RequestSourceContract.h>

#include "../AskRecords.h"
#include "../FailedCases.h"

#include <atomic>
#include <stdexcept>

namespace gatehouse {

namespace {

enum class Bug {
    none,
    noParameter,
    sameNameTwice,
    readsNothing,
    usesUp,
    renames,
    takesAll,
    givesToAnybody,
    givesNamelessToAnybody,
    namesOneAgain,
    throwsAtOddBytes,
    echoes,
    blamesItself,
    changesDiscovery,
    awayIsWrong,
    isPatient
};

/// Has a request for the ticket "1". Keeps what the contract says, but for one bug.
template <Bug bug> class TicketSource final : public RequestSource {
public:
    Status configure(const Config&, Host& host) override {
        host_ = &host;
        return done();
    }
    std::vector<std::string_view> parameters() const override {
        if (bug == Bug::noParameter) {
            return {};
        }
        return bug == Bug::sameNameTwice ? std::vector<std::string_view>{"ticket", "ticket"}
                                         : std::vector<std::string_view>{"ticket"};
    }
    Result<RequestRead, OAuthError> read(const RequestInHand& request) const override {
        const auto ticket = request.parameters().text("ticket");
        if (bug == Bug::throwsAtOddBytes && ticket.find('\0') != std::string_view::npos) {
            throw std::runtime_error("odd");
        }
        const auto asked = askRecords(*host_, request.context(), bug == Bug::isPatient);
        if (!asked) {
            return bug == Bug::awayIsWrong
                       ? OAuthError::of(OAuthCode::invalidRequest, "There is no such ticket")
                       : OAuthError::from(asked.error());
        }
        const bool isTheirs = request.client().id == "site" || bug == Bug::givesToAnybody ||
                              bug == Bug::givesNamelessToAnybody;
        if ((ticket != "1" && bug != Bug::takesAll) || !isTheirs) {
            return OAuthError::of(bug == Bug::blamesItself ? OAuthCode::serverError
                                                           : OAuthCode::invalidRequest,
                                  bug == Bug::echoes ? ticket : "There is no such ticket");
        }
        if (bug == Bug::usesUp && reads_++ > 0) {
            return OAuthError::of(OAuthCode::invalidRequest, "The ticket is used");
        }
        if (bug == Bug::readsNothing) {
            return RequestRead{};
        }
        if (bug == Bug::givesNamelessToAnybody) {
            return RequestRead{Form({{"scope", "openid"}})};
        }
        const bool isOther = bug == Bug::renames && reads_++ > 0;
        return RequestRead{bug == Bug::namesOneAgain
                               ? Form({{"ticket", "1"}})
                               : Form({{"client_id", "site"}, {"scope", "openid"}}),
                           isOther ? "2" : "1"};
    }
    void describe(const Issuer& /*issuer*/, ValueMap& metadata) const override {
        metadata.set(bug == Bug::changesDiscovery ? "issuer" : "tickets_supported", true);
    }

private:
    Host* host_ = nullptr;
    mutable std::atomic<int> reads_{0};
};

template <Bug bug> struct TicketBed : testkit::HostBed {
    std::unique_ptr<RequestSource> make() {
        auto made = std::make_unique<TicketSource<bug>>();
        CPPUNIT_ASSERT(made->configure(testkit::FakeConfig{}, host));
        return made;
    }
    Form good() { return Form({{"ticket", "1"}}); }
    std::vector<Form> bad() { return {Form({{"ticket", "2"}})}; }
};

}  // namespace

/// The contract suite finds what it is there to find, and nothing else.
class WrongSourceTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(WrongSourceTest);
    CPPUNIT_TEST(whatIsWrongIsFound);
    CPPUNIT_TEST_SUITE_END();

public:
    void whatIsWrongIsFound() {
        CPPUNIT_ASSERT_EQUAL(std::string(), failed<Bug::none>());
        const std::string names = "itsParametersHaveNames ";
        const std::string slow = "aSlowBackendIsGivenUpInTime ";
        CPPUNIT_ASSERT_EQUAL(names, failed<Bug::noParameter>());
        CPPUNIT_ASSERT_EQUAL(names, failed<Bug::sameNameTwice>());
        CPPUNIT_ASSERT_EQUAL(std::string("aGoodRequestIsRead "), failed<Bug::readsNothing>());
        CPPUNIT_ASSERT_EQUAL("readingUsesNothingUp manyThreadsGetTheirAnswers " +
                                 std::string("aBackendThatIsAwayIsNoAnswer ") + slow,
                             failed<Bug::usesUp>());
        CPPUNIT_ASSERT_EQUAL(std::string("readingUsesNothingUp "), failed<Bug::renames>());
        CPPUNIT_ASSERT_EQUAL(std::string("aBadOneIsRefused manyThreadsGetTheirAnswers "),
                             failed<Bug::takesAll>());
        CPPUNIT_ASSERT_EQUAL(std::string("nobodyGetsAnotherClientsRequest "),
                             failed<Bug::givesToAnybody>());
        CPPUNIT_ASSERT_EQUAL(std::string("nobodyGetsAnotherClientsRequest "),
                             failed<Bug::givesNamelessToAnybody>());
        CPPUNIT_ASSERT_EQUAL(std::string("aGoodRequestIsRead "), failed<Bug::namesOneAgain>());
        const std::string odd = "oddValuesAreDataAndNeverSyntax ";
        CPPUNIT_ASSERT_EQUAL(odd, failed<Bug::throwsAtOddBytes>());
        CPPUNIT_ASSERT_EQUAL(odd, failed<Bug::echoes>());
        CPPUNIT_ASSERT_EQUAL("aBadOneIsRefused nobodyGetsAnotherClientsRequest " + odd,
                             failed<Bug::blamesItself>());
        CPPUNIT_ASSERT_EQUAL(std::string("discoveryIsAddedTo "), failed<Bug::changesDiscovery>());
        CPPUNIT_ASSERT_EQUAL("aBackendThatIsAwayIsNoAnswer " + slow, failed<Bug::awayIsWrong>());
        CPPUNIT_ASSERT_EQUAL(slow, failed<Bug::isPatient>());
    }

private:
    template <Bug bug> static std::string failed() {
        return failedCases(testkit::RequestSourceContract<TicketBed<bug>>::suite());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(WrongSourceTest);

}  // namespace gatehouse
