// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/ClientSourceContract.h>
#include <gatehouse/testkit/HostBed.h>

#include "../AskRecords.h"
#include "../ContractFinds.h"

#include <atomic>

namespace gatehouse {

namespace {

enum class Bug {
    none,
    knowsNobody,
    tellsASecret,
    isNeverFresh,
    holdsTooShort,
    speaksForAll,
    speaksForOddTexts,
    describesAnybody,
    unknownLooksAway,
    renamesTheIssuer,
    awayLooksUnknown,
    staysAway,
    isPatient,
    keepsItsPlaces
};

constexpr std::string_view mine = "https://acme.example/";
constexpr const char* known = "https://acme.example/app";

/// Keeps what the contract says, but for one bug; asks its storage before it says anything.
template <Bug bug> class WrongSource final : public ClientSource {
public:
    explicit WrongSource(Host& host) : host_(host) {}

    bool isFor(std::string_view clientId) const override {
        const bool isOdd = clientId.size() > 1000 || clientId.find('\0') != std::string_view::npos;
        return bug == Bug::speaksForAll || (bug == Bug::speaksForOddTexts && isOdd) ||
               clientId.substr(0, mine.size()) == mine;
    }
    Result<ClientDescription> describe(const Context& context,
                                       std::string_view clientId) const override {
        const auto asked = askRecords(host_, context, bug == Bug::isPatient);
        wasAway_ = wasAway_ || !asked;
        if (!asked || (bug == Bug::staysAway && wasAway_)) {
            return bug == Bug::awayLooksUnknown ? Error::badInput("no client")
                                                : Error::unavailable("away");
        }
        if (bug == Bug::keepsItsPlaces && ++places_ > 20) {
            return Error::unavailable("many are asking");
        }
        if (bug == Bug::knowsNobody || (bug != Bug::describesAnybody && clientId != known)) {
            return bug == Bug::unknownLooksAway ? Error::unavailable("no client")
                                                : Error::badInput("no client");
        }
        return description();
    }
    void describe(const Issuer& /*issuer*/, ValueMap& metadata) const override {
        metadata.set(bug == Bug::renamesTheIssuer ? "issuer" : "acme", "https://acme.example");
    }

private:
    static ClientDescription description() {
        ClientDescription said{{{"client_name", "Acme"}}, seconds{60}, seconds{600}};
        if (bug == Bug::tellsASecret) {
            said.metadata.set("client_secret", "known to all");
        }
        said.fresh = bug == Bug::isNeverFresh ? seconds{0} : said.fresh;
        said.good = bug == Bug::holdsTooShort ? seconds{30} : said.good;
        return said;
    }

    Host& host_;
    mutable std::atomic<bool> wasAway_{false};
    mutable std::atomic<int> places_{0};
};

template <Bug bug> struct WrongBed : testkit::HostBed {
    std::unique_ptr<ClientSource> make() { return std::make_unique<WrongSource<bug>>(host); }
    static std::string known() { return gatehouse::known; }
    static std::string unknown() { return "https://acme.example/nobody"; }
};

class WrongSourceTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(WrongSourceTest);
    CPPUNIT_TEST(eachIsFound);
    CPPUNIT_TEST_SUITE_END();

    template <Bug bug> static void finds(const std::string& expected) {
        contractFinds<testkit::ClientSourceContract<WrongBed<bug>>>(expected);
    }

public:
    void eachIsFound() {
        finds<Bug::none>("");
        finds<Bug::knowsNobody>(
            "aClientOfItsIsDescribed awayIsNotUnknown aDeadlineIsKept manyThreadsAsk ");
        finds<Bug::tellsASecret>("aClientOfItsIsDescribed ");
        finds<Bug::isNeverFresh>("aClientOfItsIsDescribed ");
        finds<Bug::holdsTooShort>("aClientOfItsIsDescribed ");
        finds<Bug::speaksForAll>("idsOfOthersAreNotIts ");
        finds<Bug::speaksForOddTexts>("idsOfOthersAreNotIts ");
        finds<Bug::describesAnybody>("whereThereIsNoneThatIsSaid ");
        finds<Bug::unknownLooksAway>("whereThereIsNoneThatIsSaid ");
        finds<Bug::renamesTheIssuer>("discoveryKeepsWhatItHas ");
        finds<Bug::awayLooksUnknown>("awayIsNotUnknown aDeadlineIsKept ");
        finds<Bug::staysAway>("awayIsNotUnknown aDeadlineIsKept ");
        finds<Bug::isPatient>("aDeadlineIsKept ");
        finds<Bug::keepsItsPlaces>("manyThreadsAsk ");
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(WrongSourceTest);

}  // namespace

}  // namespace gatehouse
