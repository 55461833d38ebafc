// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Records.h>
#include <gatehouse/point/TokenFormat.h>
#include <gatehouse/testkit/OddTexts.h>
#include <gatehouse/testkit/PluginCase.h>
#include <gatehouse/testkit/SampleTokens.h>
#include <gatehouse/testkit/Together.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace gatehouse::testkit {

/// What every TokenFormat promises, run against the format of a bed:
///
///     struct AcmeBed : gatehouse::testkit::HostBed {      // made anew for each case
///         /// The format, configured with `host` and started.
///         std::unique_ptr<gatehouse::TokenFormat> make();
///     };
///     CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::testkit::TokenFormatContract<AcmeBed>);
///
/// What it adds to a batch is put into the host's records. Threads call it concurrently, so run it
/// under a thread sanitizer once.
template <class Bed> class TokenFormatContract : public PluginCase<TokenFormat, Bed> {
    using Base = PluginCase<TokenFormat, Bed>;
    using Base::bed_;
    using Base::context_;
    using Base::plugin_;

    CPPUNIT_TEST_SUITE(TokenFormatContract<Bed>);
    CPPUNIT_TEST(whatIsWrittenIsRead);
    CPPUNIT_TEST(aClientsOwnTokenIsRead);
    CPPUNIT_TEST(eachIsAnother);
    CPPUNIT_TEST(itFitsIntoAHeader);
    CPPUNIT_TEST(whatIsNotKeptIsNone);
    CPPUNIT_TEST(whoseRecordIsGoneIsNone);
    CPPUNIT_TEST(changedTextsAreNone);
    CPPUNIT_TEST(oddTextsAreNone);
    CPPUNIT_TEST(anotherIssuersIsNone);
    CPPUNIT_TEST(oddValuesAreData);
    CPPUNIT_TEST(manyThreadsMayAsk);
    CPPUNIT_TEST(aBackendThatIsAwayIsNoAnswer);
    CPPUNIT_TEST(aSlowBackendIsGivenUpInTime);
    CPPUNIT_TEST(stoppingTwiceIsHarmless);
    CPPUNIT_TEST_SUITE_END();

public:
    void whatIsWrittenIsRead() { assertSame(sampleToken(1), known(issue(sampleToken(1)))); }

    void aClientsOwnTokenIsRead() {
        const auto own = sampleClientsToken(1);
        assertSame(own, known(issue(own)));
    }

    void eachIsAnother() {
        std::set<std::string> texts;
        for (int number = 0; number < 20; ++number) {
            CPPUNIT_ASSERT(texts.insert(issue(sampleToken(number))).second);
        }
    }

    /// RFC 6750 section 2.1.
    void itFitsIntoAHeader() { assertPlain(issue(sampleToken(1))); }

    void whatIsNotKeptIsNone() {
        auto [text, batch] = written(sampleToken(1));
        if (!batch.puts.empty()) {
            isNone(text);
        }
    }

    void whoseRecordIsGoneIsNone() {
        const auto text = issue(sampleToken(1));
        const auto claim = known(text);
        if (!claim.recordKind.empty()) {
            Batch batch;
            batch.erases.push_back({claim.recordKind, claim.recordKey});
            keep(std::move(batch));
            isNone(text);
        }
    }

    void changedTextsAreNone() {
        const auto text = issue(sampleToken(1));
        for (std::size_t at = 0; at < text.size(); ++at) {
            auto changed = text;
            changed[at] = changed[at] == 'A' ? 'B' : 'A';
            isNone(changed);
        }
        for (std::size_t size = 0; size < text.size(); ++size) {
            isNone(std::string_view(text).substr(0, size));
        }
        for (const auto& changed : {text + "A", text + "=", text + " ", " " + text, text + text,
                                    text + std::string(1, '\0')}) {
            isNone(changed);
        }
    }

    void oddTextsAreNone() {
        for (const auto& odd : oddTexts()) {
            isNone(odd);
            isNone("a." + odd + ".c");
        }
    }

    void anotherIssuersIsNone() {
        const auto text = issue(sampleToken(1));
        const auto claim = plugin_->read(elsewhere_, text);
        CPPUNIT_ASSERT_MESSAGE(claim ? "" : claim.error().detail, bool(claim));
        CPPUNIT_ASSERT_MESSAGE("another issuer's token is taken", !*claim);
    }

    /// NUL and what is no UTF-8 may come back as JSON can tell it.
    void oddValuesAreData() {
        for (const auto& odd : oddTexts()) {
            for (const auto& token : sampleTokensWith(odd)) {
                const auto text = issue(token);
                assertPlain(text);
                const auto claim = known(text);
                if (std::all_of(odd.begin(), odd.end(), [](char c) { return c > 0; })) {
                    assertSame(token, claim);
                }
            }
        }
    }

    void manyThreadsMayAsk() {
        const auto shared = issue(sampleToken(1000));
        together(4, [&](int number) {
            for (int turn = 0; turn < 25; ++turn) {
                const auto token = sampleToken(number * 100 + turn);
                assertSame(token, known(issue(token)));
                assertSame(sampleToken(1000), known(shared));
                isNone("a.b.c");
            }
        });
    }

    void aBackendThatIsAwayIsNoAnswer() {
        Base::saysThatItIsAway([this, text = issue(sampleToken(1))](const Context& context) {
            return knowsOrIsAway(context, text);
        });
    }

    void aSlowBackendIsGivenUpInTime() {
        Base::answersInTime([this, text = issue(sampleToken(1))](const Context& context) {
            return knowsOrIsAway(context, text);
        });
    }

private:
    std::pair<std::string, Batch> written(const AccessToken& token) {
        Batch batch;
        auto text = plugin_->write(context_, token, batch);
        CPPUNIT_ASSERT_MESSAGE(text ? "" : text.error().detail, bool(text));
        return {*std::move(text), std::move(batch)};
    }
    void keep(Batch batch) {
        const auto kept = bed_->host.records().apply(context_, std::move(batch));
        CPPUNIT_ASSERT(kept && kept->applied());
    }
    std::string issue(const AccessToken& token) {
        auto [text, batch] = written(token);
        keep(std::move(batch));
        return text;
    }
    std::optional<TokenClaim> read(std::string_view text) {
        auto claim = plugin_->read(context_, text);
        CPPUNIT_ASSERT_MESSAGE(claim ? "" : claim.error().detail, bool(claim));
        return *std::move(claim);
    }
    TokenClaim known(const std::string& text) {
        auto claim = read(text);
        CPPUNIT_ASSERT_MESSAGE("its own token is none: " + text.substr(0, 300), claim);
        return *std::move(claim);
    }
    void isNone(std::string_view text) {
        CPPUNIT_ASSERT_MESSAGE(std::string(text.substr(0, 200)) + " is taken for a token",
                               !read(text));
    }
    bool knowsOrIsAway(const Context& context, const std::string& text) {
        Batch batch;
        const auto another = plugin_->write(context, sampleToken(2), batch);
        const auto claim = plugin_->read(context, text);
        CPPUNIT_ASSERT_MESSAGE("a backend that is away is no forged token", !claim || *claim);
        return (another || Base::isAway(another.error())) && (claim || Base::isAway(claim.error()));
    }
    static void assertPlain(const std::string& text) {
        CPPUNIT_ASSERT(!text.empty());
        CPPUNIT_ASSERT_EQUAL(std::string::npos,
                             text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                                    "abcdefghijklmnopqrstuvwxyz0123456789-._~+/="));
    }
    static void assertSame(const AccessToken& token, const TokenClaim& claim) {
        CPPUNIT_ASSERT_EQUAL(token.id, claim.id);
        CPPUNIT_ASSERT_EQUAL(token.family, claim.family);
        CPPUNIT_ASSERT_EQUAL(token.subject.sub, claim.subject.sub);
        CPPUNIT_ASSERT(claim.subject.store.empty() || claim.subject.store == token.subject.store);
        CPPUNIT_ASSERT(claim.subject.id.empty() || claim.subject.id == token.subject.id);
        CPPUNIT_ASSERT_EQUAL(token.clientId, claim.clientId);
        CPPUNIT_ASSERT(token.audience == claim.audience);
        CPPUNIT_ASSERT_EQUAL(token.scopes.text(), claim.scopes.text());
        CPPUNIT_ASSERT(token.issuedAt == claim.issuedAt);
        CPPUNIT_ASSERT(token.expires == claim.expires);
        CPPUNIT_ASSERT(token.authentication.time == claim.authentication.time);
        CPPUNIT_ASSERT_EQUAL(token.authentication.acr, claim.authentication.acr);
        CPPUNIT_ASSERT(token.authentication.amr == claim.authentication.amr);
        CPPUNIT_ASSERT(token.confirmation == claim.confirmation);
        CPPUNIT_ASSERT(token.claims == claim.claims);
    }

    FakeContext elsewhere_{2, "https://other.example.org"};
};

}  // namespace gatehouse::testkit
