// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/HostBed.h>
#include <gatehouse/testkit/TokenFormatContract.h>

#include "../AskRecords.h"
#include "../ContractFinds.h"

#include <atomic>
#include <map>
#include <mutex>
#include <stdexcept>

namespace gatehouse {

namespace {

enum class Bug {
    none,
    losesScopes,
    needsAPerson,
    writesOneText,
    breaksHeaders,
    knowsWhatWasNotKept,
    outlivesItsRecord,
    readsTheBeginning,
    throwsAtOddTexts,
    readsEveryIssuers,
    cutsAtQuotes,
    awayIsForged,
    isPatient
};

/// Remembers tokens by number; a record of each says that it is good.
template <Bug bug> class WrongFormat final : public TokenFormat {
public:
    Status configure(const Config&, Host& host) override {
        host_ = &host;
        return done();
    }
    Result<std::string> write(const Context& context, const AccessToken& token,
                              Batch& batch) const override {
        if (bug == Bug::needsAPerson && !token.subject.isPerson()) {
            return Error::internal("no person");
        }
        const std::lock_guard lock(mutex_);
        const std::string text = bug == Bug::writesOneText
                                     ? "own-1"
                                     : "own-" + std::to_string(written_.size()) +
                                           (bug == Bug::breaksHeaders ? " \n" : "");
        Record record;
        record.kind = "token";
        record.key = text;
        record.issuer = context.issuer.id;
        batch.puts.push_back(record);
        written_[text] = {context.issuer.id, claimOf(token, text)};
        return text;
    }
    Result<std::optional<TokenClaim>> read(const Context& context,
                                           std::string_view given) const override {
        if (bug == Bug::throwsAtOddTexts && given.size() > 20000) {
            throw std::length_error("a long token");
        }
        const auto text = std::string(bug == Bug::readsTheBeginning ? given.substr(0, 5) : given);
        const Context patient{context.issuer, context.requestId, {}, noDeadline};
        const auto record =
            host_->records().find(bug == Bug::isPatient ? patient : context, "token", text);
        if (!record && bug != Bug::awayIsForged) {
            return record.error();
        }
        const bool isKept = record && *record;
        const std::lock_guard lock(mutex_);
        const auto found = written_.find(text);
        const bool isOurs = found != written_.end() && (found->second.first == context.issuer.id ||
                                                        bug == Bug::readsEveryIssuers);
        wasKept_ = wasKept_ || isKept;
        const bool isBelieved = isKept || bug == Bug::readsEveryIssuers ||
                                bug == Bug::knowsWhatWasNotKept ||
                                (bug == Bug::outlivesItsRecord && wasKept_);
        return isOurs && isBelieved ? std::optional(found->second.second) : std::nullopt;
    }

private:
    static TokenClaim claimOf(const AccessToken& token, const std::string& text) {
        TokenClaim claim;
        claim.id = token.id;
        claim.family = token.family;
        claim.subject = token.subject;
        if (bug == Bug::cutsAtQuotes) {
            claim.subject.sub = token.subject.sub.substr(0, token.subject.sub.find('"'));
        }
        claim.clientId = token.clientId;
        claim.audience = token.audience;
        claim.scopes = bug == Bug::losesScopes ? ScopeSet{} : token.scopes;
        claim.issuedAt = token.issuedAt;
        claim.expires = token.expires;
        claim.authentication = token.authentication;
        claim.confirmation = token.confirmation;
        claim.claims = token.claims;
        claim.recordKind = "token";
        claim.recordKey = text;
        return claim;
    }

    Host* host_ = nullptr;
    mutable std::mutex mutex_;
    mutable bool wasKept_ = false;
    mutable std::map<std::string, std::pair<IssuerId, TokenClaim>> written_;
};

template <Bug bug> struct WrongBed : testkit::HostBed {
    std::unique_ptr<TokenFormat> make() {
        auto format = std::make_unique<WrongFormat<bug>>();
        CPPUNIT_ASSERT(format->configure(testkit::FakeConfig{}, host));
        return format;
    }
};

template <Bug bug> using Contract = testkit::TokenFormatContract<WrongBed<bug>>;

}  // namespace

/// The contract suite finds what it is there to find, and nothing else.
class WrongTokenFormatTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(WrongTokenFormatTest);
    CPPUNIT_TEST(aRightFormatPasses);
    CPPUNIT_TEST(wrongOnesAreFound);
    CPPUNIT_TEST(whoMistakesABackendIsFound);
    CPPUNIT_TEST_SUITE_END();

public:
    void aRightFormatPasses() { contractFinds<Contract<Bug::none>>(""); }

    void wrongOnesAreFound() {
        contractFinds<Contract<Bug::losesScopes>>(
            "whatIsWrittenIsRead oddValuesAreData manyThreadsMayAsk ");
        contractFinds<Contract<Bug::needsAPerson>>("aClientsOwnTokenIsRead ");
        contractFinds<Contract<Bug::writesOneText>>("eachIsAnother manyThreadsMayAsk ");
        contractFinds<Contract<Bug::breaksHeaders>>("itFitsIntoAHeader oddValuesAreData ");
        contractFinds<Contract<Bug::knowsWhatWasNotKept>>(
            "whatIsNotKeptIsNone whoseRecordIsGoneIsNone ");
        contractFinds<Contract<Bug::outlivesItsRecord>>("whoseRecordIsGoneIsNone ");
        contractFinds<Contract<Bug::readsTheBeginning>>(
            "changedTextsAreNone oddValuesAreData manyThreadsMayAsk ");
        contractFinds<Contract<Bug::throwsAtOddTexts>>("oddTextsAreNone ");
        contractFinds<Contract<Bug::readsEveryIssuers>>(
            "whatIsNotKeptIsNone whoseRecordIsGoneIsNone anotherIssuersIsNone ");
        contractFinds<Contract<Bug::cutsAtQuotes>>("oddValuesAreData ");
    }

    void whoMistakesABackendIsFound() {
        const std::string slow = "aSlowBackendIsGivenUpInTime ";
        contractFinds<Contract<Bug::awayIsForged>>("aBackendThatIsAwayIsNoAnswer " + slow);
        contractFinds<Contract<Bug::isPatient>>(slow);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(WrongTokenFormatTest);

}  // namespace gatehouse
