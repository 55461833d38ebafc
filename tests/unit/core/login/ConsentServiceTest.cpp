// SPDX-License-Identifier: Apache-2.0
#include "login/ConsentService.h"

#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/FakeHost.h>

#include "authorization/ConsentNotes.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

namespace {

/// Keeps every note.
class KeepingRule final : public With<AuthorizationRule, ConsentNote> {
public:
    std::vector<std::string_view> parameters() const override { return {"n"}; }
    Result<ValueMap, OAuthError> check(const RequestInHand&) const override { return ValueMap{}; }
    ValueList shown(const ValueMap&, std::string_view) const override { return {}; }
    bool isCovered(const ValueMap& kept, const ValueMap& note) const override {
        return kept == note;
    }
    ValueMap kept(const ValueMap&, const ValueMap& note) const override { return note; }
};

}  // namespace

class ConsentServiceTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ConsentServiceTest);
    CPPUNIT_TEST(nothingIsAllowedAtFirst);
    CPPUNIT_TEST(whatIsAllowedGrows);
    CPPUNIT_TEST(twoAtOnceDoNotForgetEachOther);
    CPPUNIT_TEST(peopleAndClientsAreKeptApart);
    CPPUNIT_TEST(aClientMadeAgainIsAskedAboutAgain);
    CPPUNIT_TEST(itCanBeListedByPersonAndByClient);
    CPPUNIT_TEST(whatAPersonAllowedIsToldClientByClient);
    CPPUNIT_TEST(whatIsWithdrawnWasNeverAllowed);
    CPPUNIT_TEST(oneScopeCanBeWithdrawn);
    CPPUNIT_TEST(notesAreKeptUntilSomethingIsWithdrawn);
    CPPUNIT_TEST(itIsForgottenAfterAYear);
    CPPUNIT_TEST(onlyTheOperatorVouches);
    CPPUNIT_TEST_SUITE_END();

    testkit::FakeHost host_;
    testkit::FakeContext fakeContext_;
    Context context_ = fakeContext_;
    ConsentService consents_{host_};
    ConsentNotes noRules_{host_};

    static Client client(std::string id, std::string registration) {
        Client client;
        client.id = std::move(id);
        client.registration = std::move(registration);
        return client;
    }
    void remember(std::string_view sub, std::string id, std::string_view scopes,
                  std::string registration = "first") {
        Batch batch;
        CPPUNIT_ASSERT(consents_.remember(context_, sub,
                                          client(std::move(id), std::move(registration)),
                                          {ScopeSet::parse(scopes), {}, {}}, noRules_, batch));
        CPPUNIT_ASSERT(host_.records().apply(context_, std::move(batch)));
    }
    std::string find(std::string_view sub, std::string id, std::string registration = "first") {
        const auto allowed =
            consents_.find(context_, sub, client(std::move(id), std::move(registration)));
        CPPUNIT_ASSERT(allowed);
        return allowed->scopes.text();
    }

public:
    void notesAreKeptUntilSomethingIsWithdrawn() {
        const auto site = client("site", "first");
        const ValueMap noted{{"keeper", ValueMap{{"n", 1}}}};
        KeepingRule keeper;
        const ConsentNotes rules(host_, {{"keeper", &keeper}});
        Batch batch;
        CPPUNIT_ASSERT(consents_.remember(context_, "u1", site, {{"openid", "email"}, {}, noted},
                                          rules, batch));
        CPPUNIT_ASSERT(host_.records().apply(context_, std::move(batch)));
        CPPUNIT_ASSERT(noted == consents_.find(context_, "u1", site)->notes);
        CPPUNIT_ASSERT(consents_.find(context_, "u1", client("site", "second"))->notes.empty());
        remember("u1", "site", "phone");
        CPPUNIT_ASSERT(noted == consents_.find(context_, "u1", site)->notes);
        CPPUNIT_ASSERT(*consents_.withdraw(context_, "u1", "site", {"phone"}));
        CPPUNIT_ASSERT(consents_.find(context_, "u1", site)->notes.empty());
        CPPUNIT_ASSERT_EQUAL(std::string("openid email"), find("u1", "site"));
    }

    void oneScopeCanBeWithdrawn() {
        remember("u1", "site", "openid email phone");
        CPPUNIT_ASSERT(*consents_.withdraw(context_, "u1", "site", {"phone", "address"}));
        CPPUNIT_ASSERT_EQUAL(std::string("openid email"), find("u1", "site"));
        CPPUNIT_ASSERT(!*consents_.withdraw(context_, "u1", "site", {"phone"}));
        CPPUNIT_ASSERT(*consents_.withdraw(context_, "u1", "site", {"email", "openid"}));
        CPPUNIT_ASSERT(consents_.list(context_, "u1")->empty());
    }

    void nothingIsAllowedAtFirst() { CPPUNIT_ASSERT_EQUAL(std::string(), find("u1", "site")); }

    void twoAtOnceDoNotForgetEachOther() {
        for (const auto* before : {"", "openid"}) {
            const auto site = client("site" + std::string(before), "first");
            if (*before != '\0') {
                remember("u1", site.id, before);
            }
            Batch first;
            Batch second;
            CPPUNIT_ASSERT(
                consents_.remember(context_, "u1", site, {{"email"}, {}, {}}, noRules_, first));
            CPPUNIT_ASSERT(
                consents_.remember(context_, "u1", site, {{"phone"}, {}, {}}, noRules_, second));
            CPPUNIT_ASSERT(host_.records().apply(context_, std::move(first))->applied());
            CPPUNIT_ASSERT(!host_.records().apply(context_, std::move(second))->applied());
        }
    }

    void whatIsAllowedGrows() {
        remember("u1", "site", "openid email");
        remember("u1", "site", "openid phone");
        CPPUNIT_ASSERT_EQUAL(std::string("openid email phone"), find("u1", "site"));
    }

    void peopleAndClientsAreKeptApart() {
        remember("u1", "site", "openid");
        remember("u2", "site", "email");
        remember("u1", "other", "phone");
        CPPUNIT_ASSERT_EQUAL(std::string("openid"), find("u1", "site"));
        CPPUNIT_ASSERT_EQUAL(std::string("email"), find("u2", "site"));
        CPPUNIT_ASSERT_EQUAL(std::string("phone"), find("u1", "other"));
    }

    void aClientMadeAgainIsAskedAboutAgain() {
        remember("u1", "site", "openid email");
        CPPUNIT_ASSERT_EQUAL(std::string(), find("u1", "site", "second"));
        remember("u1", "site", "openid", "second");
        CPPUNIT_ASSERT_EQUAL(std::string("openid"), find("u1", "site", "second"));
        CPPUNIT_ASSERT_EQUAL(std::string(), find("u1", "site"));
    }

    void itCanBeListedByPersonAndByClient() {
        remember("u1", "site", "openid");
        remember("u2", "site", "openid");
        const auto ofPerson = host_.records().list(context_, "consent", {"subject", "u1"}, {}, 10);
        const auto ofClient = host_.records().list(context_, "consent", {"client", "site"}, {}, 10);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, ofPerson->records.size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, ofClient->records.size());
    }

    void whatAPersonAllowedIsToldClientByClient() {
        remember("u1", "a/b", "openid");
        remember("u1", "site", "openid email");
        remember("u2", "site", "phone");
        const auto consents = consents_.list(context_, "u1");
        CPPUNIT_ASSERT(consents);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, consents->size());
        CPPUNIT_ASSERT_EQUAL(std::string("a/b"), consents->at(0).clientId);
        CPPUNIT_ASSERT_EQUAL(std::string("site"), consents->at(1).clientId);
        CPPUNIT_ASSERT_EQUAL(std::string("openid email"), consents->at(1).scopes.text());
        CPPUNIT_ASSERT(consents->at(1).given == host_.fakeClock.now());
        CPPUNIT_ASSERT(consents->at(1).expires > host_.fakeClock.now());
    }

    void whatIsWithdrawnWasNeverAllowed() {
        remember("u1", "site", "openid");
        remember("u1", "other", "openid");
        CPPUNIT_ASSERT(*consents_.withdraw(context_, "u1", "site", {}));
        CPPUNIT_ASSERT(!*consents_.withdraw(context_, "u1", "site", {}));
        CPPUNIT_ASSERT_EQUAL(std::string(), find("u1", "site"));
        CPPUNIT_ASSERT_EQUAL(std::string("openid"), find("u1", "other"));
    }

    void itIsForgottenAfterAYear() {
        remember("u1", "site", "openid");
        host_.fakeClock.advance(std::chrono::hours{364 * 24});
        CPPUNIT_ASSERT_EQUAL(std::string("openid"), find("u1", "site"));
        host_.fakeClock.advance(std::chrono::hours{2 * 24});
        CPPUNIT_ASSERT_EQUAL(std::string(), find("u1", "site"));
    }

    void onlyTheOperatorVouches() {
        Client client;
        CPPUNIT_ASSERT(!ConsentService::isImplicit(client));
        client.metadata.set("consent", "explicit");
        CPPUNIT_ASSERT(!ConsentService::isImplicit(client));
        client.metadata.set("consent", "implicit");
        CPPUNIT_ASSERT(ConsentService::isImplicit(client));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ConsentServiceTest);

}  // namespace gatehouse
