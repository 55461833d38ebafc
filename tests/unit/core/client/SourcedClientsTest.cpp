// SPDX-License-Identifier: Apache-2.0
#include "client/SourcedClients.h"

#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/FakeHost.h>

#include "client/ClientDirectory.h"
#include "client/ClientEditor.h"
#include "client/ClientRecord.h"
#include "client/ClientRules.h"
#include "json/Members.h"
#include "limit/RateLimiter.h"

#include <cppunit/extensions/HelperMacros.h>

#include <optional>
#include <stdexcept>
#include <utility>

namespace gatehouse {

namespace {

/// Speaks for ids that begin with "tree:".
class Tree final : public ClientSource {
public:
    bool isFor(std::string_view clientId) const override {
        return !isFelled && clientId.substr(0, 5) == "tree:";
    }
    Result<ClientDescription> describe(const Context&, std::string_view) const override {
        ++asked;
        if (throws) {
            throw std::runtime_error("a branch");
        }
        return failure ? Result<ClientDescription>(*failure)
                       : ClientDescription{said, seconds{600}, seconds{3600}};
    }

    ValueMap said{{"token_endpoint_auth_method", "none"},
                  {"redirect_uris", ValueList{"https://tree.example/cb"}}};
    std::optional<Error> failure;
    bool throws = false;
    bool isFelled = false;
    mutable int asked = 0;
};

}  // namespace

class SourcedClientsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SourcedClientsTest);
    CPPUNIT_TEST(oneThatNobodyRegisteredIsAskedForOnce);
    CPPUNIT_TEST(idsThatAreNotTheSourcesAreUnknown);
    CPPUNIT_TEST(whatIsRegisteredIsNotAskedFor);
    CPPUNIT_TEST(whatIsTheOperatorsItCannotSay);
    CPPUNIT_TEST(whatItSaysIsAdmittedAsOfOthers);
    CPPUNIT_TEST(nobodyGivesItASecret);
    CPPUNIT_TEST(whereThereIsNoneItIsUnknown);
    CPPUNIT_TEST(aSourceThatIsAwayIsNotUnknown);
    CPPUNIT_TEST(aSourceThatThrowsIsAnError);
    CPPUNIT_TEST(itIsAskedAgainWhenItIsNotFreshAnyMore);
    CPPUNIT_TEST(whatTheOperatorSetStays);
    CPPUNIT_TEST(aSourceThatFailsLeavesWhatIsKnownForItsTime);
    CPPUNIT_TEST(withOtherRedirectUrisItIsAnotherRegistration);
    CPPUNIT_TEST(withTheSameInAnotherOrderItIsNot);
    CPPUNIT_TEST(withAnotherMethodItIsAnotherRegistration);
    CPPUNIT_TEST(withoutItsSourceItIsGone);
    CPPUNIT_TEST(oneThatIsDisabledStaysSo);
    CPPUNIT_TEST(oneThatIsRemovedIsAnother);
    CPPUNIT_TEST(oneThatIsNeverUsedVanishes);
    CPPUNIT_TEST(ofTwoWhoMeetItOneWins);
    CPPUNIT_TEST(whoMakesUpManyIsStopped);
    CPPUNIT_TEST_SUITE_END();

    static constexpr const char* oak = "tree:oak";

    testkit::FakeHost host_;
    testkit::FakeContext context_;
    ClientRules rules_;
    RateLimits limits_;
    RateLimiter limiter_{host_.clock(), limits_, host_.log(), host_.metrics()};
    Tree tree_;
    ClientDirectory directory_{
        host_,
        rules_,
        [] { return true; },
        [](IssuerId) { return std::make_shared<const std::vector<Client>>(); },
        ProfileSettings(),
        [this](const Context& context, std::string_view id, std::shared_ptr<const Client> known) {
            return sourced_.find(context, id, std::move(known));
        }};
    ClientEditor editor_{host_, directory_, rules_, {}};
    SourcedClients sourced_{host_, {{"client_source.tree", &tree_}}, editor_, limiter_};

    std::shared_ptr<const Client> find(std::string_view id = oak) {
        const auto found = directory_.find(context_, id);
        CPPUNIT_ASSERT_MESSAGE(found ? "" : found.error().detail, bool(found));
        return *found;
    }
    /// What it was told is not fresh any more.
    std::shared_ptr<const Client> findLater() {
        host_.fakeClock.advance(seconds{600});
        return find();
    }
    void use() { noteUse(host_, context_, *find()); }

public:
    void oneThatNobodyRegisteredIsAskedForOnce() {
        CPPUNIT_ASSERT_EQUAL(std::string(oak), find()->id);
        directory_.forgetAll();
        const auto again = find();
        CPPUNIT_ASSERT(!again->isConfidential() && !again->registration.empty());
        CPPUNIT_ASSERT_EQUAL(1, tree_.asked);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, host_.fakeEvents.ofType("client.fetched").size());
    }

    void idsThatAreNotTheSourcesAreUnknown() {
        CPPUNIT_ASSERT(find("bush:holly") == nullptr);
        CPPUNIT_ASSERT_EQUAL(0, tree_.asked);
    }

    void whatIsRegisteredIsNotAskedFor() {
        CPPUNIT_ASSERT(editor_.add(
            context_, {{"client_id", oak}, {"redirect_uris", ValueList{"https://ours.example/"}}}));
        CPPUNIT_ASSERT_EQUAL(std::string("https://ours.example/"), find()->redirectUris.at(0));
        CPPUNIT_ASSERT_EQUAL(0, tree_.asked);
    }

    void whatIsTheOperatorsItCannotSay() {
        tree_.said.set("consent", "implicit");
        tree_.said.set("client_id", "tree:ash");
        tree_.said.set("whatever", 1);
        for (const auto* member : {"consent", "client_id", "whatever"}) {
            CPPUNIT_ASSERT_MESSAGE(member, !find()->metadata.contains(member));
        }
        CPPUNIT_ASSERT_EQUAL(std::string(oak), find()->id);
    }

    void whatItSaysIsAdmittedAsOfOthers() {
        for (const auto* uri : {"javascript:alert(1)", "http://tree.example/cb", "cursor://cb"}) {
            tree_.said.set("redirect_uris", ValueList{uri});
            CPPUNIT_ASSERT_MESSAGE(uri, find() == nullptr);
        }
        CPPUNIT_ASSERT(host_.fakeLog.says("redirect_uris"));
    }

    void nobodyGivesItASecret() {
        tree_.said.erase("token_endpoint_auth_method");
        CPPUNIT_ASSERT(find() == nullptr);
        CPPUNIT_ASSERT(host_.fakeLog.says("client_secret_basic needs a secret"));
    }

    void whereThereIsNoneItIsUnknown() {
        tree_.failure = Error::badInput("felled");
        CPPUNIT_ASSERT(find() == nullptr);
        CPPUNIT_ASSERT(host_.fakeLog.says("client_source.tree: client not read: felled"));
        tree_.failure = std::nullopt;
        CPPUNIT_ASSERT(find() != nullptr);
    }

    void aSourceThatIsAwayIsNotUnknown() {
        tree_.failure = Error::unavailable("fog");
        CPPUNIT_ASSERT(directory_.find(context_, oak).error().isTemporary());
    }

    void aSourceThatThrowsIsAnError() {
        tree_.throws = true;
        CPPUNIT_ASSERT(directory_.find(context_, oak).error().fault == Fault::internal);
    }

    void itIsAskedAgainWhenItIsNotFreshAnyMore() {
        use();
        const auto before = find();
        tree_.said.set("client_name", "Oak");
        host_.fakeClock.advance(seconds{599});
        CPPUNIT_ASSERT_EQUAL(std::string(oak), find()->name);
        host_.fakeClock.advance(seconds{5});
        CPPUNIT_ASSERT_EQUAL(std::string("Oak"), find()->name);
        CPPUNIT_ASSERT_EQUAL(before->registration, find()->registration);
        CPPUNIT_ASSERT_EQUAL(2, tree_.asked);
    }

    void whatTheOperatorSetStays() {
        use();
        CPPUNIT_ASSERT(editor_.update(context_, oak, {{"any_localhost_port", true}}));
        CPPUNIT_ASSERT(isTrue(findLater()->metadata, "any_localhost_port"));
    }

    void aSourceThatFailsLeavesWhatIsKnownForItsTime() {
        use();
        for (const auto& failure : {Error::unavailable("fog"), Error::badInput("felled")}) {
            tree_.failure = failure;
            CPPUNIT_ASSERT(findLater() != nullptr);
        }
        host_.fakeClock.advance(seconds{3600});
        CPPUNIT_ASSERT(find() == nullptr);
        tree_.failure = Error::unavailable("fog");
        CPPUNIT_ASSERT(directory_.find(context_, oak).error().isTemporary());
        tree_.failure = std::nullopt;
        CPPUNIT_ASSERT(find() != nullptr);
    }

    void withOtherRedirectUrisItIsAnotherRegistration() {
        use();
        const auto before = find();
        tree_.said.set("redirect_uris",
                       ValueList{"https://tree.example/cb", "https://evil.example/"});
        CPPUNIT_ASSERT(before->registration != findLater()->registration);
    }

    void withTheSameInAnotherOrderItIsNot() {
        tree_.said.set("redirect_uris",
                       ValueList{"https://tree.example/a", "https://tree.example/b"});
        use();
        const auto before = find();
        tree_.said.set("redirect_uris",
                       ValueList{"https://tree.example/b", "https://tree.example/a"});
        CPPUNIT_ASSERT_EQUAL(before->registration, findLater()->registration);
    }

    void withAnotherMethodItIsAnotherRegistration() {
        const ValueMap key{{"kty", "OKP"},
                           {"crv", "Ed25519"},
                           {"x", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}};
        use();
        const auto before = find();
        tree_.said.set("token_endpoint_auth_method", "private_key_jwt");
        tree_.said.set("jwks", ValueMap{{"keys", ValueList{key}}});
        CPPUNIT_ASSERT(before->registration != findLater()->registration);
        CPPUNIT_ASSERT(find()->isConfidential());
    }

    void withoutItsSourceItIsGone() {
        use();
        tree_.isFelled = true;
        directory_.forgetAll();
        CPPUNIT_ASSERT(find() == nullptr);
    }

    void oneThatIsDisabledStaysSo() {
        use();
        CPPUNIT_ASSERT(editor_.update(context_, oak, {{"disabled", true}}));
        CPPUNIT_ASSERT(findLater() == nullptr);
        CPPUNIT_ASSERT_EQUAL(1, tree_.asked);
    }

    void oneThatIsRemovedIsAnother() {
        use();
        const auto before = find();
        CPPUNIT_ASSERT(editor_.remove(context_, oak));
        CPPUNIT_ASSERT(before->registration != find()->registration);
    }

    void oneThatIsNeverUsedVanishes() {
        (void)find();
        host_.fakeClock.advance(seconds{3600});
        CPPUNIT_ASSERT(!*editor_.read(context_, oak));
        use();
        host_.fakeClock.advance(seconds{360'000});
        CPPUNIT_ASSERT(*editor_.read(context_, oak));
    }

    void ofTwoWhoMeetItOneWins() {
        host_.fakeRecords.meanwhile = [this] { (void)sourced_.find(context_, oak, nullptr); };
        const auto found = find();
        CPPUNIT_ASSERT_EQUAL((*editor_.read(context_, oak))->client.registration,
                             found->registration);
    }

    void whoMakesUpManyIsStopped() {
        context_.remoteAddress = "192.0.2.1";
        tree_.failure = Error::badInput("none");
        for (int number = 0; number < 100; ++number) {
            (void)directory_.find(context_, "tree:" + std::to_string(number));
        }
        CPPUNIT_ASSERT_EQUAL(30, tree_.asked);
        CPPUNIT_ASSERT(directory_.find(context_, oak).error().isTemporary());
        context_.remoteAddress = "192.0.2.2";
        CPPUNIT_ASSERT(find() == nullptr);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SourcedClientsTest);

}  // namespace gatehouse
