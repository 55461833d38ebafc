// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/testkit/ErrorTexts.h>
#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/FakeTokenRequest.h>
#include <gatehouse/testkit/OddTexts.h>
#include <gatehouse/testkit/Together.h>

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>

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
///     };
///     CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::testkit::GrantContract<VoucherBed>);
///
/// Threads call the grant concurrently, so run it under a thread sanitizer once.
template <class Bed> class GrantContract : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(GrantContract<Bed>);
    CPPUNIT_TEST(itsTypeIsAName);
    CPPUNIT_TEST(itsParametersAreItsOwn);
    CPPUNIT_TEST(goodParametersEntitle);
    CPPUNIT_TEST(nothingEntitlesNobody);
    CPPUNIT_TEST(oddTextsAreData);
    CPPUNIT_TEST(itKeepsNothingOfARequest);
    CPPUNIT_TEST(stoppingTwiceIsHarmless);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override {
        bed_ = std::make_unique<Bed>();
        grant_ = bed_->make();
        client_.id = "shop";
        client_.authMethod = "client_secret_basic";
        client_.grantTypes = {std::string(grant_->type())};
        client_.scopes = {"openid", "orders"};
    }
    void tearDown() override {
        grant_->stop();
        grant_.reset();
        bed_.reset();
    }

    void itsTypeIsAName() {
        CPPUNIT_ASSERT(!grant_->type().empty());
        CPPUNIT_ASSERT(isErrorText(grant_->type()));
        CPPUNIT_ASSERT(grant_->type().find(' ') == std::string_view::npos);
    }

    void itsParametersAreItsOwn() {
        std::set<std::string_view> names;
        for (const auto name : grant_->parameters()) {
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
        for (const auto name : grant_->parameters()) {
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

    void stoppingTwiceIsHarmless() {
        grant_->stop();
        grant_->stop();
    }

private:
    Result<Entitlement, OAuthError> decide(std::vector<Form::Field> fields) {
        const Context context = context_;
        return grant_->decide(
            FakeTokenRequest(context, client_, Form(std::move(fields)), bed_->tickets()));
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

    std::unique_ptr<Bed> bed_;
    std::unique_ptr<Grant> grant_;
    FakeContext context_;
    Client client_;
};

}  // namespace gatehouse::testkit
