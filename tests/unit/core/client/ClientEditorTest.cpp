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
    CPPUNIT_TEST(aClientWhoseTokenFormatIsGoneCanBeChanged);
    CPPUNIT_TEST(issuersDoNotSeeEachOthersClients);
    CPPUNIT_TEST(aRuleOfAPluginIsAskedForWhatIsAdmittedAnew);
    CPPUNIT_TEST_SUITE_END();

    testkit::FakeHost host_;
    testkit::FakeContext fakeContext_;
    Context context_ = fakeContext_;
    ClientDirectory directory_{host_, [] { return true; },
                               [](IssuerId) {
                                   return std::make_shared<const std::vector<Client>>(
                                       std::vector<Client>{fromFile()});
                               }};
    ClientRules rules_;
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

public:
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
