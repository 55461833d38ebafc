// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/testkit/ErrorTexts.h>
#include <gatehouse/testkit/FakeTokenRequest.h>
#include <gatehouse/testkit/OddTexts.h>
#include <gatehouse/testkit/PluginCase.h>
#include <gatehouse/testkit/Together.h>

#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::testkit {

/// What every Grant promises, run against the grant of a bed:
///
///     struct VoucherBed {                     // made anew for each case
///         /// The grant, configured and started.
///         std::unique_ptr<gatehouse::Grant> make();
///         /// The tickets of its host, which it issues: `host.fakeTickets`.
///         gatehouse::testkit::FakeTickets& tickets();
///         /// Parameters that entitle the client "shop", which may have "openid" and "orders".
///         std::vector<gatehouse::Form::Field> good();
///         /// Optional: what the metadata of "shop" has to say.
///         gatehouse::ValueMap metadata();
///     };
///     CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::testkit::GrantContract<VoucherBed>);
///
/// Threads call the grant concurrently, so run it under a thread sanitizer once.
template <class Bed> class GrantContract : public PluginCase<Grant, Bed> {
    using Base = PluginCase<Grant, Bed>;
    using Base::bed_;
    using Base::context_;
    using Base::plugin_;

    CPPUNIT_TEST_SUITE(GrantContract<Bed>);
    CPPUNIT_TEST(itsTypeIsAName);
    CPPUNIT_TEST(itsParametersAreItsOwn);
    CPPUNIT_TEST(goodParametersEntitle);
    CPPUNIT_TEST(nothingEntitlesNobody);
    CPPUNIT_TEST(oddTextsAreData);
    CPPUNIT_TEST(itKeepsNothingOfARequest);
    CPPUNIT_TEST(aBackendThatIsAwayIsNoAnswer);
    CPPUNIT_TEST(aSlowBackendIsGivenUpInTime);
    CPPUNIT_TEST(stoppingTwiceIsHarmless);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override {
        Base::setUp();
        client_.id = "shop";
        client_.authMethod = "client_secret_basic";
        client_.grantTypes = {std::string(plugin_->type())};
        client_.scopes = {"openid", "orders"};
        client_.metadata = metadataOf(*bed_, 0);
    }

    void itsTypeIsAName() {
        CPPUNIT_ASSERT(!plugin_->type().empty());
        CPPUNIT_ASSERT(isErrorText(plugin_->type()));
        CPPUNIT_ASSERT(plugin_->type().find(' ') == std::string_view::npos);
    }

    void itsParametersAreItsOwn() {
        std::set<std::string_view> names;
        for (const auto name : plugin_->parameters()) {
            CPPUNIT_ASSERT(!name.empty());
            CPPUNIT_ASSERT_MESSAGE("grant_type is read by the kernel", name != "grant_type");
            CPPUNIT_ASSERT_MESSAGE("a parameter is there twice", names.insert(name).second);
        }
        for (const auto& field : bed_->good()) {
            CPPUNIT_ASSERT_MESSAGE(field.first + " is not among its parameters",
                                   names.count(field.first) == 1);
        }
    }

    void goodParametersEntitle() {
        const auto decided = decide(bed_->good());
        CPPUNIT_ASSERT_MESSAGE(decided ? "" : decided.error().detail + decided.error().description,
                               bool(decided));
        assertSound(*decided);
    }

    void nothingEntitlesNobody() {
        if (!bed_->good().empty()) {
            const auto decided = decide({});
            CPPUNIT_ASSERT(!decided);
            assertTellable(decided.error());
        }
    }

    void oddTextsAreData() {
        for (const auto name : plugin_->parameters()) {
            for (const auto& odd : oddTexts()) {
                auto fields = bed_->good();
                for (auto& field : fields) {
                    field.second = field.first == name ? odd : field.second;
                }
                check(decide(std::move(fields)), odd);
                check(decide({{std::string(name), odd}}), odd);
            }
        }
    }

    void itKeepsNothingOfARequest() {
        const auto good = bed_->good();
        together(4, [&](int number) {
            for (int turn = 0; turn < 50; ++turn) {
                const bool isGood = (turn + number) % 2 == 0 || good.empty();
                CPPUNIT_ASSERT_EQUAL(isGood,
                                     bool(decide(isGood ? good : std::vector<Form::Field>{})));
            }
        });
    }

    void aBackendThatIsAwayIsNoAnswer() {
        Base::saysThatItIsAway(
            [this](const Context& context) { return entitlesOrIsAway(context); });
    }

    void aSlowBackendIsGivenUpInTime() {
        Base::answersInTime([this](const Context& context) { return entitlesOrIsAway(context); });
    }

private:
    template <class B> static auto metadataOf(B& bed, int) -> decltype(bed.metadata()) {
        return bed.metadata();
    }
    template <class B> static ValueMap metadataOf(B&, long) { return {}; }

    Result<Entitlement, OAuthError> decide(std::vector<Form::Field> fields) {
        return decide(context_, std::move(fields));
    }
    Result<Entitlement, OAuthError> decide(const Context& context,
                                           std::vector<Form::Field> fields) {
        return plugin_->decide(
            FakeTokenRequest(context, client_, Form(std::move(fields)), bed_->tickets()));
    }
    bool entitlesOrIsAway(const Context& context) {
        const auto decided = decide(context, bed_->good());
        return decided || Base::isAway(decided.error());
    }
    static void check(const Result<Entitlement, OAuthError>& decided, const std::string& sent) {
        if (decided) {
            assertSound(*decided);
        } else {
            assertTellable(decided.error(), sent);
        }
    }
    static void assertSound(const Entitlement& entitlement) {
        const auto& authorization = entitlement.authorization;
        CPPUNIT_ASSERT_MESSAGE("nobody is entitled", !authorization.subject.sub.empty() ||
                                                         authorization.subject.isPerson());
        for (const char* name : {"access_token", "token_type", "expires_in", "refresh_token",
                                 "id_token", "scope", "error"}) {
            CPPUNIT_ASSERT_MESSAGE(name, !entitlement.members.contains(name));
        }
    }

    Client client_;
};

}  // namespace gatehouse::testkit
