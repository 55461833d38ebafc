// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/OAuthError.h>
#include <gatehouse/point/ClientAuthMethod.h>
#include <gatehouse/testkit/OddTexts.h>
#include <gatehouse/testkit/PluginCase.h>
#include <gatehouse/testkit/SentForm.h>
#include <gatehouse/testkit/Together.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::testkit {

/// What every ClientAuthMethod promises, run against the method of a bed:
///
///     struct AcmeBed : gatehouse::testkit::HostBed {      // made anew for each case
///         /// The method, configured and started.
///         std::unique_ptr<gatehouse::ClientAuthMethod> make();
///         /// A client that is registered for it.
///         gatehouse::Client client();
///         /// A request that proves the client, with nothing in it that is not for that; a new
///         /// proof each time. Threads: any.
///         gatehouse::testkit::SentForm right();
///         /// Requests that offer the method in the client's name and prove nothing; none when
///         /// there is nothing to prove.
///         std::vector<gatehouse::testkit::SentForm> wrong();
///     };
///     CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::testkit::ClientAuthContract<AcmeBed>);
///
/// One bed for each of its methods(). Threads call it concurrently, so run it under a thread
/// sanitizer once.
template <class Bed> class ClientAuthContract : public PluginCase<ClientAuthMethod, Bed> {
    using Base = PluginCase<ClientAuthMethod, Bed>;
    using Base::bed_;
    using Base::context_;
    using Base::plugin_;

    CPPUNIT_TEST_SUITE(ClientAuthContract<Bed>);
    CPPUNIT_TEST(itsMethodsHaveNames);
    CPPUNIT_TEST(otherRequestsOfferNothing);
    CPPUNIT_TEST(theRightProofProves);
    CPPUNIT_TEST(aRequestOffersAlwaysTheSame);
    CPPUNIT_TEST(wrongProofsAreRefused);
    CPPUNIT_TEST(anothersProofIsRefused);
    CPPUNIT_TEST(aProofIsComparedWhole);
    CPPUNIT_TEST(whatIsSentTwiceProvesNothing);
    CPPUNIT_TEST(oddTextsAreData);
    CPPUNIT_TEST(noReasonTellsTheProof);
    CPPUNIT_TEST(manyThreadsMayAsk);
    CPPUNIT_TEST(aBackendThatIsAwayIsNoAnswer);
    CPPUNIT_TEST(aSlowBackendIsGivenUpInTime);
    CPPUNIT_TEST(stoppingTwiceIsHarmless);
    CPPUNIT_TEST_SUITE_END();

public:
    void itsMethodsHaveNames() {
        CPPUNIT_ASSERT_MESSAGE("no method at all", !plugin_->methods().empty());
        assertNames(plugin_->methods());
        assertNames(plugin_->signingAlgorithms());
        CPPUNIT_ASSERT_MESSAGE("its bed's client is registered for another",
                               isOneOf(plugin_->methods(), bed_->client().authMethod));
        CPPUNIT_ASSERT_MESSAGE("who does not sign proves nothing",
                               !isOneOf(plugin_->signingAlgorithms(), "none"));
    }

    void otherRequestsOfferNothing() {
        CPPUNIT_ASSERT(!plugin_->find({}, {}));
        HttpRequest request;
        request.headers = {{"authorization", "Bearer some-access-token"}, {"cookie", "a=b"}};
        CPPUNIT_ASSERT(!plugin_->find(request, {}));
        const Form form({{"grant_type", "authorization_code"}, {"code", "some-code"}});
        CPPUNIT_ASSERT(!plugin_->find(request, form));
    }

    void theRightProofProves() {
        const auto proof = found(bed_->right());
        CPPUNIT_ASSERT_EQUAL(std::string(), proof.malformed);
        CPPUNIT_ASSERT(!proof.isAmbiguous);
        CPPUNIT_ASSERT_EQUAL(bed_->client().id, proof.clientId);
        CPPUNIT_ASSERT_EQUAL(bed_->client().authMethod, proof.method);
        const auto verdict = verify(proof);
        CPPUNIT_ASSERT_MESSAGE(verdict.reason, verdict.isProven);
    }

    void aRequestOffersAlwaysTheSame() {
        auto requests = bed_->wrong();
        requests.push_back(bed_->right());
        for (const auto& sent : requests) {
            const auto first = found(sent);
            const auto second = found(sent);
            CPPUNIT_ASSERT_EQUAL(first.clientId, second.clientId);
            CPPUNIT_ASSERT_EQUAL(first.method, second.method);
            CPPUNIT_ASSERT(first.evidence.view() == second.evidence.view());
            CPPUNIT_ASSERT_EQUAL(first.malformed, second.malformed);
        }
    }

    void wrongProofsAreRefused() {
        for (const auto& sent : bed_->wrong()) {
            const auto proof = found(sent);
            CPPUNIT_ASSERT(isOneOf(plugin_->methods(), proof.method));
            refuses(proof, bed_->client());
        }
    }

    void anothersProofIsRefused() {
        if (!bed_->wrong().empty()) {
            Client other = bed_->client();
            other.id = "other";
            other.secrets.clear();
            other.metadata = {};
            refuses(found(bed_->right()), other);
        }
    }

    void aProofIsComparedWhole() {
        if (!bed_->wrong().empty()) {
            eachChanged([this](const SentForm& sent) {
                const auto proof = find(sent);
                if (proof && proof->clientId == bed_->client().id) {
                    refuses(*proof, bed_->client());
                }
            });
        }
    }

    /// RFC 6749 section 3.2: no parameter more than once.
    void whatIsSentTwiceProvesNothing() {
        const SentForm right = bed_->right();
        for (const auto& field : right.form.fields()) {
            auto fields = right.form.fields();
            fields.push_back(field);
            refusesOrOverlooks({right.request, Form(std::move(fields))});
        }
        for (const auto& header : right.request.headers) {
            SentForm doubled = right;
            doubled.request.headers.push_back(header);
            refusesOrOverlooks(doubled);
        }
    }

    void oddTextsAreData() {
        eachOdd([this](const SentForm& sent, const std::string&) {
            if (const auto proof = find(sent)) {
                (void)verify(*proof);
            }
        });
    }

    /// They go to the log.
    void noReasonTellsTheProof() {
        const auto tellsNot = [this](const SentForm& sent, const std::string& odd) {
            const auto proof = find(sent);
            if (!proof) {
                return;
            }
            const auto told = proof->malformed + verify(*proof).reason;
            CPPUNIT_ASSERT_MESSAGE(told.substr(0, 200), !isIn(told, odd));
            CPPUNIT_ASSERT_MESSAGE(told.substr(0, 200), !isIn(told, proof->evidence.view()));
        };
        eachOdd(tellsNot);
        for (const auto& sent : bed_->wrong()) {
            tellsNot(sent, {});
        }
    }

    void manyThreadsMayAsk() {
        const auto wrong = bed_->wrong();
        together(4, [&](int) {
            for (int turn = 0; turn < 25; ++turn) {
                CPPUNIT_ASSERT(verify(found(bed_->right())).isProven);
                for (const auto& sent : wrong) {
                    CPPUNIT_ASSERT(!verify(found(sent)).isProven);
                }
            }
        });
    }

    void aBackendThatIsAwayIsNoAnswer() {
        Base::saysThatItIsAway([this](const Context& context) { return provesOrIsAway(context); });
    }

    void aSlowBackendIsGivenUpInTime() {
        Base::answersInTime([this](const Context& context) { return provesOrIsAway(context); });
    }

private:
    using Names = std::vector<std::string_view>;

    static bool isOneOf(const Names& names, std::string_view name) {
        return std::find(names.begin(), names.end(), name) != names.end();
    }
    /// Short ones are in everything.
    static bool isIn(const std::string& text, std::string_view part) {
        return part.size() >= 5 && text.find(part) != std::string::npos;
    }
    static void assertNames(const Names& names) {
        std::set<std::string_view> different;
        for (const auto name : names) {
            CPPUNIT_ASSERT(!name.empty() && isErrorText(name));
            CPPUNIT_ASSERT(name.find(' ') == std::string_view::npos);
            CPPUNIT_ASSERT_MESSAGE("a name is there twice", different.insert(name).second);
        }
    }

    std::optional<ClientProof> find(const SentForm& sent) const {
        auto proof = plugin_->find(sent.request, sent.form);
        if (proof) {
            proof->endpoint = sent.request.path;
            const auto registered = bed_->client().authMethod;
            proof->method = proof->isImplied && isOneOf(plugin_->methods(), registered)
                                ? registered
                                : proof->method;
        }
        return proof;
    }
    ClientProof found(const SentForm& sent) const {
        auto proof = find(sent);
        CPPUNIT_ASSERT_MESSAGE("the request offers the method, and it is not found", proof);
        return *std::move(proof);
    }
    Verdict verify(const ClientProof& proof) const { return verify(proof, bed_->client()); }
    Verdict verify(const ClientProof& proof, const Client& client) const {
        const auto verdict = plugin_->verify(context_, proof, client);
        CPPUNIT_ASSERT_MESSAGE(verdict ? "" : verdict.error().detail, bool(verdict));
        return *verdict;
    }
    void refuses(const ClientProof& proof, const Client& client) const {
        const auto verdict = verify(proof, client);
        CPPUNIT_ASSERT(!verdict.isProven);
        CPPUNIT_ASSERT_MESSAGE("refused without a reason", !verdict.reason.empty());
    }
    void refusesOrOverlooks(const SentForm& sent) const {
        if (const auto proof = find(sent)) {
            CPPUNIT_ASSERT_MESSAGE("what was sent twice is believed",
                                   !proof->malformed.empty() || !verify(*proof).isProven);
        }
    }
    bool provesOrIsAway(const Context& context) const {
        const auto verdict = plugin_->verify(context, found(bed_->right()), bed_->client());
        if (!verdict) {
            return Base::isAway(verdict.error());
        }
        CPPUNIT_ASSERT_MESSAGE("a backend that is away is no wrong proof: " + verdict->reason,
                               verdict->isProven);
        return true;
    }

    /// The right request, anew for each value in it, which `change` changes in place.
    template <class Change> void eachValue(const Change& change) {
        const SentForm right = bed_->right();
        for (std::size_t at = 0; at < right.form.fields().size(); ++at) {
            SentForm sent = bed_->right();
            auto fields = sent.form.fields();
            change(fields[at].second, [&] { return SentForm{sent.request, Form(fields)}; });
        }
        for (std::size_t at = 0; at < right.request.headers.size(); ++at) {
            SentForm sent = bed_->right();
            change(sent.request.headers[at].value, [&] { return sent; });
        }
    }
    template <class Look> void eachChanged(const Look& look) {
        eachValue([&](std::string& value, const auto& sent) {
            const std::string right = value;
            for (const auto& wrong :
                 {right + "x", right + std::string(1, '\0'), right.substr(0, right.size() - 1),
                  right + right, std::string()}) {
                value = wrong;
                look(sent());
            }
        });
    }
    template <class Look> void eachOdd(const Look& look) {
        eachValue([&](std::string& value, const auto& sent) {
            for (const auto& odd : oddTexts()) {
                value = odd;
                look(sent(), odd);
            }
        });
    }
};

}  // namespace gatehouse::testkit
