// SPDX-License-Identifier: Apache-2.0
#include "client/ClientEditor.h"

#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/FakeHost.h>

#include "client/ClientDirectory.h"
#include "client/ClientRules.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

namespace {

class NoMore final : public ClientMetadataRule {
public:
    std::vector<std::string_view> members() const override { return {"door"}; }
    Status admit(const Context&, const ValueMap&) const override {
        return Error::badInput("door: no more");
    }
};

/// Clients that have a door have their keys there.
class BehindTheDoor final : public With<ClientMetadataRule, ClientKeySource> {
public:
    std::vector<std::string_view> members() const override { return {"door"}; }
    Status admit(const Context&, const ValueMap&) const override { return done(); }
    bool isFor(const ValueMap& metadata) const override { return metadata.contains("door"); }
    Result<std::shared_ptr<const Value>> keys(const Context&, const Client&,
                                              std::string_view kid) const override {
        return std::make_shared<const Value>(kid);
    }
};

}  // namespace

class ClientEditorTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ClientEditorTest);
    CPPUNIT_TEST(aNewClientIsFoundAndItsSecretIsNotKept);
    CPPUNIT_TEST(aTakenIdIsRefused);
    CPPUNIT_TEST(aChangeIsSeenAtOnce);
    CPPUNIT_TEST(aDisabledClientIsNotFound);
    CPPUNIT_TEST(aNewSecretLeavesTheOldOneItsOverlap);
    CPPUNIT_TEST(aRemovedClientIsGone);
    CPPUNIT_TEST(aClientMadeAgainIsAnotherOne);
    CPPUNIT_TEST(aChangedClientIsTheSameOne);
    CPPUNIT_TEST(aClientOfAFileIsNotChanged);
    CPPUNIT_TEST(aTokenFormatIsOneOfThePlugins);
    CPPUNIT_TEST(algorithmsAreThoseThereAreKeysFor);
    CPPUNIT_TEST(whoProvesItselfByAKeyHasSomeSomewhere);
    CPPUNIT_TEST(aMemberThatNobodyUnderstandsIsNotTaken);
    CPPUNIT_TEST(aClientWhoseTokenFormatIsGoneCanBeChanged);
    CPPUNIT_TEST(whatAClientSaysOfItselfIsReplacedAndTheRestStays);
    CPPUNIT_TEST(ofTwoWhoReplaceOneWins);
    CPPUNIT_TEST(aSecretIsMadeWhenTheMethodBeginsToNeedOne);
    CPPUNIT_TEST(whoGivesUpItsSecretNeedsPkceAgain);
    CPPUNIT_TEST(aSecretThatIsShownHasToBeItsOwn);
    CPPUNIT_TEST(aClientThatIsNotUsedVanishes);
    CPPUNIT_TEST(issuersDoNotSeeEachOthersClients);
    CPPUNIT_TEST(aRuleOfAPluginIsAskedForWhatIsAdmittedAnew);
    CPPUNIT_TEST_SUITE_END();

    testkit::FakeHost host_;
    testkit::FakeContext fakeContext_;
    Context context_ = fakeContext_;
    ClientRules rules_;
    ClientDirectory directory_{host_, rules_, [] { return true; },
                               [](IssuerId) {
                                   return std::make_shared<const std::vector<Client>>(
                                       std::vector<Client>{fromFile()});
                               }};
    ClientEditor editor_{host_, directory_, rules_, {"jwt", "opaque"}};

    static Client fromFile() {
        Client client;
        client.id = "static";
        client.isStatic = true;
        return client;
    }

    Result<NewClient> add(std::string id) {
        return editor_.add(context_, {{"client_id", std::move(id)},
                                      {"redirect_uris", ValueList{"https://site.example/cb"}}});
    }

    std::shared_ptr<const Client> find(std::string_view id) {
        return *directory_.find(context_, id);
    }

    StoredClient enrol(const ValueMap& more = {}) {
        SelfRegistration wish{{{"redirect_uris", ValueList{"https://site.example/cb"}}},
                              {{"token", "hash"}},
                              host_.fakeClock.now() + seconds{60}};
        for (const auto& member : more) {
            wish.metadata.set(member.name, member.value);
        }
        const auto made = editor_.enroll(context_, wish);
        CPPUNIT_ASSERT(made);
        return **editor_.read(context_, made->client.id);
    }

    static SelfRegistration saying(ValueMap metadata) {
        metadata.set("redirect_uris", ValueList{"https://site.example/cb"});
        return {std::move(metadata), {{"token", "another"}}};
    }

public:
    void whatAClientSaysOfItselfIsReplacedAndTheRestStays() {
        const auto made = enrol({{"policy_uri", "https://site.example/p"}, {"client_id", "mine"}});
        CPPUNIT_ASSERT(made.client.id != "mine");
        CPPUNIT_ASSERT(editor_.update(context_, made.client.id, {{"consent", "implicit"}}));
        const auto before = **editor_.read(context_, made.client.id);
        CPPUNIT_ASSERT(editor_.replace(context_, before,
                                       saying({{"client_name", "B"}, {"consent", "explicit"}})));
        const auto after = (**editor_.read(context_, made.client.id)).client;
        CPPUNIT_ASSERT_EQUAL(std::string("B"), after.name);
        CPPUNIT_ASSERT_EQUAL(std::string("implicit"), std::string(after.metadata.text("consent")));
        CPPUNIT_ASSERT(!after.metadata.contains("policy_uri"));
        CPPUNIT_ASSERT(after.metadata.contains("client_id_issued_at"));
        CPPUNIT_ASSERT_EQUAL(std::string("another"), std::string(after.kept.text("token")));
        CPPUNIT_ASSERT_EQUAL(made.client.registration, after.registration);
        CPPUNIT_ASSERT(made.client.secrets.front().hash == after.secrets.front().hash);
        CPPUNIT_ASSERT(made.client.unusedUntil == after.unusedUntil);
    }

    void ofTwoWhoReplaceOneWins() {
        const auto before = enrol();
        CPPUNIT_ASSERT(editor_.replace(context_, before, saying({{"client_name", "A"}})));
        const auto late = editor_.replace(context_, before, saying({{"client_name", "B"}}));
        CPPUNIT_ASSERT(!late && late.error().fault == Fault::notAllowed);
        CPPUNIT_ASSERT_EQUAL(std::string("A"), find(before.client.id)->name);
    }

    void aSecretIsMadeWhenTheMethodBeginsToNeedOne() {
        const std::string method = "token_endpoint_auth_method";
        const auto before = enrol({{method, "none"}});
        CPPUNIT_ASSERT(before.client.secrets.empty());
        const auto basic =
            editor_.replace(context_, before, saying({{method, "client_secret_basic"}}));
        CPPUNIT_ASSERT(basic && !basic->secret.empty());
        const auto post = editor_.replace(context_, **editor_.read(context_, before.client.id),
                                          saying({{method, "client_secret_post"}}));
        CPPUNIT_ASSERT(post && post->secret.empty() && !post->client.secrets.empty());
        const auto jwt = editor_.replace(context_, **editor_.read(context_, before.client.id),
                                         saying({{method, "client_secret_jwt"}}));
        CPPUNIT_ASSERT(jwt && !jwt->secret.empty());
        CPPUNIT_ASSERT(!jwt->client.secrets.front().sealed.empty());
        const auto none = editor_.replace(context_, **editor_.read(context_, before.client.id),
                                          saying({{method, "none"}}));
        CPPUNIT_ASSERT(none && none->client.secrets.empty());
    }

    void whoGivesUpItsSecretNeedsPkceAgain() {
        const auto before = enrol({{"pkce", "optional"}});
        const auto kept = editor_.replace(context_, before, saying({}));
        CPPUNIT_ASSERT(kept && kept->client.metadata.contains("pkce"));
        const auto none = editor_.replace(context_, **editor_.read(context_, before.client.id),
                                          saying({{"token_endpoint_auth_method", "none"}}));
        CPPUNIT_ASSERT(none && !none->client.metadata.contains("pkce"));
    }

    void aSecretThatIsShownHasToBeItsOwn() {
        const auto made = editor_.enroll(context_, saying({}));
        const auto before = **editor_.read(context_, made->client.id);
        for (const Value& wrong : {Value("x"), Value(7), Value("")}) {
            CPPUNIT_ASSERT(!editor_.replace(context_, before, saying({{"client_secret", wrong}})));
        }
        CPPUNIT_ASSERT(
            editor_.replace(context_, before, saying({{"client_secret", made->secret.view()}})));
    }

    void aClientThatIsNotUsedVanishes() {
        const auto unused = enrol().client;
        const auto used = enrol().client;
        noteUse(host_, context_, used);
        directory_.forgetAll();
        host_.fakeClock.advance(seconds{61});
        CPPUNIT_ASSERT(find(unused.id) == nullptr);
        CPPUNIT_ASSERT(find(used.id) != nullptr);
        CPPUNIT_ASSERT(find(used.id)->unusedUntil == never);
        const auto version = (**editor_.read(context_, used.id)).version;
        noteUse(host_, context_, *find(used.id));
        CPPUNIT_ASSERT_EQUAL(version, (**editor_.read(context_, used.id)).version);
    }

    void aNewClientIsFoundAndItsSecretIsNotKept() {
        const auto made = add("site");
        CPPUNIT_ASSERT(made);
        CPPUNIT_ASSERT(made->secret.view().size() >= 43);
        CPPUNIT_ASSERT(find("site") != nullptr);
        const auto record = host_.records().find(context_, "client", "site");
        CPPUNIT_ASSERT((*record)->payload.find(made->secret.view()) == std::string::npos);
    }

    void aTakenIdIsRefused() {
        CPPUNIT_ASSERT(add("site"));
        CPPUNIT_ASSERT(!add("site"));
        CPPUNIT_ASSERT(!add("static"));
    }

    void aChangeIsSeenAtOnce() {
        CPPUNIT_ASSERT(add("site"));
        CPPUNIT_ASSERT_EQUAL(std::string("site"), find("site")->name);
        CPPUNIT_ASSERT(editor_.update(context_, "site", {{"client_name", "The Site"}}));
        CPPUNIT_ASSERT_EQUAL(std::string("The Site"), find("site")->name);
        CPPUNIT_ASSERT(!editor_.update(context_, "site", {{"client_id", "other"}}));
        CPPUNIT_ASSERT(!editor_.update(context_, "nobody", {{"client_name", "x"}}));
    }

    void aDisabledClientIsNotFound() {
        CPPUNIT_ASSERT(add("site"));
        CPPUNIT_ASSERT(editor_.update(context_, "site", {{"disabled", true}}));
        CPPUNIT_ASSERT(find("site") == nullptr);
        CPPUNIT_ASSERT(editor_.update(context_, "site", {{"disabled", false}}));
        CPPUNIT_ASSERT(find("site") != nullptr);
    }

    void aNewSecretLeavesTheOldOneItsOverlap() {
        CPPUNIT_ASSERT(add("site"));
        CPPUNIT_ASSERT(editor_.rotateSecret(context_, "site", seconds{3600}));
        const auto& secrets = find("site")->secrets;
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, secrets.size());
        CPPUNIT_ASSERT(secrets[0].expires == host_.clock().now() + seconds{3600});
        CPPUNIT_ASSERT(secrets[1].expires == never);
        host_.fakeClock.advance(seconds{3600});
        CPPUNIT_ASSERT(editor_.rotateSecret(context_, "site", seconds{3600}));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, find("site")->secrets.size());
    }

    void aRemovedClientIsGone() {
        CPPUNIT_ASSERT(add("site"));
        CPPUNIT_ASSERT(find("site") != nullptr);
        CPPUNIT_ASSERT(editor_.remove(context_, "site"));
        CPPUNIT_ASSERT(find("site") == nullptr);
        CPPUNIT_ASSERT(!editor_.remove(context_, "site"));
    }

    void aClientMadeAgainIsAnotherOne() {
        const auto first = add("site")->client.registration;
        CPPUNIT_ASSERT(editor_.remove(context_, "site"));
        CPPUNIT_ASSERT(add("site"));
        CPPUNIT_ASSERT(!find("site")->registration.empty());
        CPPUNIT_ASSERT(first != find("site")->registration);
    }

    void aChangedClientIsTheSameOne() {
        const auto first = add("site")->client.registration;
        CPPUNIT_ASSERT(editor_.update(context_, "site", {{"client_name", "The Site"}}));
        CPPUNIT_ASSERT(editor_.rotateSecret(context_, "site", seconds{3600}));
        CPPUNIT_ASSERT_EQUAL(first, find("site")->registration);
    }

    void aClientOfAFileIsNotChanged() {
        const auto refused = editor_.update(context_, "static", {{"client_name", "x"}});
        CPPUNIT_ASSERT(!refused);
        CPPUNIT_ASSERT(refused.error().detail.find("clients_dir") != std::string::npos);
        CPPUNIT_ASSERT(!editor_.remove(context_, "static"));
    }

    void aTokenFormatIsOneOfThePlugins() {
        const ValueMap misspelt{{"access_token_format", "opaqe"}};
        const ValueMap metadata{{"client_id", "new"},
                                {"redirect_uris", ValueList{"https://site.example/cb"}},
                                {"access_token_format", "opaqe"}};
        CPPUNIT_ASSERT(add("site"));
        for (const auto& refused : {editor_.add(context_, metadata).error(),
                                    editor_.update(context_, "site", misspelt).error()}) {
            CPPUNIT_ASSERT_EQUAL(std::string("access_token_format: \"opaqe\" is not one of jwt, "
                                             "opaque; did you mean \"opaque\"?"),
                                 refused.detail);
        }
        CPPUNIT_ASSERT(editor_.update(context_, "site", {{"access_token_format", "opaque"}}));
    }

    void algorithmsAreThoseThereAreKeysFor() {
        CPPUNIT_ASSERT(add("site"));
        for (const auto* member :
             {"id_token_signed_response_alg", "access_token_signed_response_alg"}) {
            CPPUNIT_ASSERT(editor_.update(context_, "site", {{member, "ES256"}}));
            const auto refused = editor_.update(context_, "site", {{member, "PS256"}});
            CPPUNIT_ASSERT_EQUAL(std::size_t{0}, refused.error().detail.find(
                                                     std::string(member) +
                                                     ": \"PS256\" is not one of RS256, ES256"));
        }
        CPPUNIT_ASSERT(
            editor_.update(context_, "site", {{"access_token_signed_response_alg", "HS256"}}));
        CPPUNIT_ASSERT(
            !editor_.update(context_, "site", {{"id_token_signed_response_alg", "HS256"}}));
    }

    void whoProvesItselfByAKeyHasSomeSomewhere() {
        const ValueMap keyed{{"client_id", "keyed"},
                             {"redirect_uris", ValueList{"https://site.example/cb"}},
                             {"token_endpoint_auth_method", "private_key_jwt"},
                             {"door", "front"}};
        BehindTheDoor elsewhere;
        const ClientRules rules({{"elsewhere", &elsewhere}});
        ClientEditor editor(host_, directory_, rules, {});
        CPPUNIT_ASSERT(editor.add(context_, keyed));
        CPPUNIT_ASSERT_EQUAL(std::string("jwks: needed for private_key_jwt"),
                             editor.update(context_, "keyed", {{"door", Value()}}).error().detail);
        Client client;
        CPPUNIT_ASSERT(*rules.keys(context_, client, "a") == nullptr);
        client.metadata.set("door", "front");
        CPPUNIT_ASSERT(**rules.keys(context_, client, "a") == Value("a"));
        client.metadata.set("jwks", ValueMap());
        CPPUNIT_ASSERT(rules.keys(context_, client, "a")->get() == client.metadata.find("jwks"));
    }

    void aMemberThatNobodyUnderstandsIsNotTaken() {
        CPPUNIT_ASSERT(add("site"));
        CPPUNIT_ASSERT_EQUAL(std::string("door: no plugin understands it"),
                             editor_.update(context_, "site", {{"door", "front"}}).error().detail);
        CPPUNIT_ASSERT(editor_.update(context_, "site", {{"door", Value()}, {"disabled", false}}));
    }

    void aClientWhoseTokenFormatIsGoneCanBeChanged() {
        CPPUNIT_ASSERT(add("site"));
        CPPUNIT_ASSERT(editor_.update(context_, "site", {{"access_token_format", "opaque"}}));
        ClientEditor later(host_, directory_, rules_, {"jwt"});
        CPPUNIT_ASSERT(later.update(context_, "site", {{"client_name", "x"}}));
        CPPUNIT_ASSERT(later.update(context_, "site", {{"access_token_format", Value()}}));
    }

    void aRuleOfAPluginIsAskedForWhatIsAdmittedAnew() {
        NoMore no;
        const ClientRules rules({{"no", &no}});
        CPPUNIT_ASSERT(add("site"));
        ClientEditor later(host_, directory_, rules, {"jwt", "opaque"});
        const auto refused = later.update(context_, "site", {{"client_name", "x"}});
        CPPUNIT_ASSERT_EQUAL(std::string("door: no more"), refused.error().detail);
        CPPUNIT_ASSERT(!later.add(
            context_, {{"client_id", "next"}, {"redirect_uris", ValueList{"https://n.example/"}}}));
        CPPUNIT_ASSERT(later.update(context_, "site", {{"disabled", true}})->isDisabled);
        CPPUNIT_ASSERT(!later.update(context_, "site", {{"disabled", false}})->isDisabled);
        CPPUNIT_ASSERT(later.rotateSecret(context_, "site", seconds{1}));
        CPPUNIT_ASSERT(*directory_.find(context_, "site") != nullptr);
    }

    void issuersDoNotSeeEachOthersClients() {
        CPPUNIT_ASSERT(add("site"));
        const testkit::FakeContext other(2, "https://other.example.org");
        CPPUNIT_ASSERT(*directory_.find(other, "site") == nullptr);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ClientEditorTest);

}  // namespace gatehouse
