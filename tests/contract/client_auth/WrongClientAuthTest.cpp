// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/ClientAuthContract.h>
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/HostBed.h>

#include "../AskRecords.h"
#include "../ContractFinds.h"

#include <atomic>
#include <stdexcept>

namespace gatehouse {

namespace {

enum class Bug {
    none,
    signsWithNothing,
    findsItEverywhere,
    findsNothing,
    namesAnother,
    changesItsMind,
    believesAll,
    believesForAll,
    cutsAtNul,
    takesTheFirst,
    throwsAtLongWords,
    tellsTheWord,
    awayIsWrong,
    isPatient
};

/// A client proves itself by a word, which is kept in its metadata.
template <Bug bug> class WrongAuth final : public ClientAuthMethod {
public:
    Status configure(const Config&, Host& host) override {
        host_ = &host;
        return done();
    }
    std::vector<std::string_view> methods() const override { return {"word"}; }
    std::vector<std::string_view> signingAlgorithms() const override {
        return bug == Bug::signsWithNothing ? std::vector<std::string_view>{"none"}
                                            : std::vector<std::string_view>{};
    }
    std::optional<ClientProof> find(const HttpRequest&, const Form& form) const override {
        const bool isThere = form.has("word") || bug == Bug::findsItEverywhere;
        if (!isThere || bug == Bug::findsNothing) {
            return std::nullopt;
        }
        std::string word(form.text("word"));
        if (bug == Bug::throwsAtLongWords && word.size() > 1000) {
            throw std::length_error("a long word");
        }
        ClientProof proof;
        proof.clientId = form.text("client_id");
        proof.method = bug == Bug::namesAnother ? "sentence" : "word";
        proof.evidence = Secret(bug == Bug::cutsAtNul ? word.c_str() : word);
        if (bug == Bug::changesItsMind && ++asked_ % 2 == 0) {
            proof.clientId = "other";
        }
        if (bug != Bug::takesTheFirst && (form.count("word") > 1 || form.count("client_id") > 1)) {
            proof.malformed = "sent twice";
        }
        return proof;
    }
    Result<Verdict> verify(const Context& context, const ClientProof& proof,
                           const Client& client) const override {
        const auto asked = askRecords(*host_, context, bug == Bug::isPatient);
        if (!asked && bug != Bug::awayIsWrong) {
            return asked.error();
        }
        const bool isRight =
            bug == Bug::believesAll ||
            proof.evidence.view() ==
                (bug == Bug::believesForAll ? "please" : client.metadata.text("word"));
        if (isRight && asked && proof.malformed.empty()) {
            return Verdict::proven();
        }
        return Verdict::refused("it is wrong" + (bug == Bug::tellsTheWord
                                                     ? ": " + std::string(proof.evidence.view())
                                                     : std::string()));
    }

private:
    Host* host_ = nullptr;
    mutable std::atomic<int> asked_{0};
};

template <Bug bug> struct WrongBed : testkit::HostBed {
    std::unique_ptr<ClientAuthMethod> make() {
        auto method = std::make_unique<WrongAuth<bug>>();
        CPPUNIT_ASSERT(method->configure(testkit::FakeConfig{}, host));
        return method;
    }
    Client client() {
        Client shop;
        shop.id = "shop";
        shop.authMethod = "word";
        shop.metadata = {{"word", "please"}};
        return shop;
    }
    testkit::SentForm right() { return with("please"); }
    std::vector<testkit::SentForm> wrong() { return {with("at once")}; }
    static testkit::SentForm with(const std::string& word) {
        return {{}, Form({{"client_id", "shop"}, {"word", word}})};
    }
};

template <Bug bug> using Contract = testkit::ClientAuthContract<WrongBed<bug>>;

}  // namespace

/// The contract suite finds what it is there to find, and nothing else.
class WrongClientAuthTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(WrongClientAuthTest);
    CPPUNIT_TEST(aRightMethodPasses);
    CPPUNIT_TEST(wrongOnesAreFound);
    CPPUNIT_TEST(whoMistakesABackendIsFound);
    CPPUNIT_TEST_SUITE_END();

public:
    void aRightMethodPasses() { contractFinds<Contract<Bug::none>>(""); }

    void wrongOnesAreFound() {
        contractFinds<Contract<Bug::signsWithNothing>>("itsMethodsHaveNames ");
        contractFinds<Contract<Bug::findsItEverywhere>>("otherRequestsOfferNothing ");
        contractFinds<Contract<Bug::findsNothing>>(
            "theRightProofProves aRequestOffersAlwaysTheSame wrongProofsAreRefused "
            "anothersProofIsRefused manyThreadsMayAsk aBackendThatIsAwayIsNoAnswer "
            "aSlowBackendIsGivenUpInTime ");
        contractFinds<Contract<Bug::namesAnother>>("theRightProofProves wrongProofsAreRefused ");
        contractFinds<Contract<Bug::changesItsMind>>("aRequestOffersAlwaysTheSame ");
        contractFinds<Contract<Bug::believesAll>>(
            "wrongProofsAreRefused anothersProofIsRefused aProofIsComparedWhole "
            "manyThreadsMayAsk ");
        contractFinds<Contract<Bug::believesForAll>>("anothersProofIsRefused ");
        contractFinds<Contract<Bug::cutsAtNul>>("aProofIsComparedWhole ");
        contractFinds<Contract<Bug::takesTheFirst>>("whatIsSentTwiceProvesNothing ");
        contractFinds<Contract<Bug::throwsAtLongWords>>("oddTextsAreData noReasonTellsTheProof ");
        contractFinds<Contract<Bug::tellsTheWord>>("noReasonTellsTheProof ");
    }

    void whoMistakesABackendIsFound() {
        const std::string slow = "aSlowBackendIsGivenUpInTime ";
        contractFinds<Contract<Bug::awayIsWrong>>("aBackendThatIsAwayIsNoAnswer " + slow);
        contractFinds<Contract<Bug::isPatient>>(slow);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(WrongClientAuthTest);

}  // namespace gatehouse
