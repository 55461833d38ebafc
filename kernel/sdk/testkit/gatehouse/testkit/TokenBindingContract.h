// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/TokenBinding.h>
#include <gatehouse/testkit/ErrorTexts.h>
#include <gatehouse/testkit/OddTexts.h>
#include <gatehouse/testkit/PluginCase.h>
#include <gatehouse/testkit/Together.h>

#include <memory>
#include <string>
#include <string_view>

namespace gatehouse::testkit {

/// What every TokenBinding promises, run against the binding of a bed:
///
///     struct KeyBed {                         // made anew for each case
///         /// The binding, configured and started.
///         std::unique_ptr<gatehouse::TokenBinding> make();
///         /// A request to the token endpoint that proves key number 1 or 2; a new proof each
///         time. gatehouse::HttpRequest asks(int key);
///         /// A request that shows this token to a resource, and proves the key.
///         gatehouse::HttpRequest shows(std::string_view accessToken, int key);
///         /// A client that may bind its tokens; it need not, unless all have to whom asks()
///         binds. gatehouse::Client client();
///     };
///     CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::testkit::TokenBindingContract<KeyBed>);
///
/// Threads call the binding concurrently, so run it under a thread sanitizer once.
template <class Bed> class TokenBindingContract : public PluginCase<TokenBinding, Bed> {
    using Base = PluginCase<TokenBinding, Bed>;
    using Base::bed_;
    using Base::context_;
    using Base::plugin_;

    CPPUNIT_TEST_SUITE(TokenBindingContract<Bed>);
    CPPUNIT_TEST(itsNamesAreThere);
    CPPUNIT_TEST(aRequestWithoutAProofBindsNothing);
    CPPUNIT_TEST(oneKeyIsAlwaysTheSame);
    CPPUNIT_TEST(theRightProofHolds);
    CPPUNIT_TEST(anothersDoesNot);
    CPPUNIT_TEST(noneDoesNot);
    CPPUNIT_TEST(whatItDidNotBindDoesNotHold);
    CPPUNIT_TEST(oddTextsAreData);
    CPPUNIT_TEST(manyThreadsMayAsk);
    CPPUNIT_TEST(aBackendThatIsAwayIsNoAnswer);
    CPPUNIT_TEST(aSlowBackendIsGivenUpInTime);
    CPPUNIT_TEST(stoppingTwiceIsHarmless);
    CPPUNIT_TEST_SUITE_END();

public:
    void itsNamesAreThere() {
        CPPUNIT_ASSERT(!plugin_->confirmation().empty());
        CPPUNIT_ASSERT(!plugin_->tokenType().empty());
        CPPUNIT_ASSERT(isErrorText(plugin_->tokenType()));
        CPPUNIT_ASSERT(plugin_->tokenType().find_first_of(" ,=") == std::string_view::npos);
    }

    void aRequestWithoutAProofBindsNothing() {
        const auto bound = bind(bare(bed_->asks(1)));
        CPPUNIT_ASSERT(!bound || !*bound);
        if (!bound) {
            assertTellable(bound.error());
        }
    }

    void oneKeyIsAlwaysTheSame() {
        const Value first = boundTo(1);
        CPPUNIT_ASSERT(!first.isNull());
        CPPUNIT_ASSERT(first == boundTo(1));
        CPPUNIT_ASSERT(first != boundTo(2));
    }

    void theRightProofHolds() {
        const auto proven = prove(bed_->shows(token, 1), boundTo(1));
        CPPUNIT_ASSERT_MESSAGE(proven ? "" : proven.error().detail, bool(proven));
    }

    void anothersDoesNot() { refuses(bed_->shows(token, 2), boundTo(1)); }

    void noneDoesNot() {
        HttpRequest alone = bare(bed_->shows(token, 1));
        alone.headers = {{"authorization", std::string(plugin_->tokenType()) + " " + token}};
        refuses(alone, boundTo(1));
    }

    void whatItDidNotBindDoesNotHold() {
        for (const Value& odd : {Value(), Value(true), Value(1), Value(""), Value("x"),
                                 Value(ValueList{}), Value(ValueMap{{"a", "b"}})}) {
            refuses(bed_->shows(token, 1), odd);
        }
    }

    void oddTextsAreData() {
        const Value bound = boundTo(1);
        const HttpRequest asked = bed_->asks(1);
        const HttpRequest shown = bed_->shows(token, 1);
        for (const auto& odd : oddTexts()) {
            for (std::size_t field = 0; field < asked.headers.size(); ++field) {
                HttpRequest spoiled = asked;
                spoiled.headers[field].value = odd;
                const auto answer = bind(spoiled);
                if (!answer) {
                    assertTellable(answer.error(), odd);
                }
            }
            for (std::size_t field = 0; field < shown.headers.size(); ++field) {
                HttpRequest spoiled = shown;
                spoiled.headers[field].value = odd;
                const auto proven = prove(spoiled, bound);
                if (!proven) {
                    assertTellable(proven.error(), odd);
                }
            }
        }
    }

    void manyThreadsMayAsk() {
        const Value bound[] = {boundTo(1), boundTo(2)};
        together(4, [&](int number) {
            for (int turn = 0; turn < 25; ++turn) {
                const int key = 1 + (number + turn) % 2;
                CPPUNIT_ASSERT(bound[key - 1] == boundTo(key));
                CPPUNIT_ASSERT(prove(bed_->shows(token, key), bound[key - 1]));
                CPPUNIT_ASSERT(!prove(bed_->shows(token, key), bound[2 - key]));
            }
        });
    }

    void aBackendThatIsAwayIsNoAnswer() {
        Base::saysThatItIsAway([this](const Context& context) { return holdsOrIsAway(context); });
    }

    void aSlowBackendIsGivenUpInTime() {
        Base::answersInTime([this](const Context& context) { return holdsOrIsAway(context); });
    }

private:
    static constexpr const char* token = "an.access.token";

    static HttpRequest bare(HttpRequest request) {
        request.headers.clear();
        request.clientCertificate = nullptr;
        return request;
    }
    Result<std::optional<Possession>, OAuthError> bind(const HttpRequest& request) {
        return plugin_->bind(context_, request, bed_->client());
    }
    Value boundTo(int key) {
        auto bound = bind(bed_->asks(key));
        CPPUNIT_ASSERT_MESSAGE(bound ? "" : bound.error().detail, bool(bound));
        CPPUNIT_ASSERT(*bound);
        return (*std::move(bound))->bound;
    }
    bool holdsOrIsAway(const Context& context) {
        const auto bound = plugin_->bind(context, bed_->asks(1), bed_->client());
        if (!bound) {
            return Base::isAway(bound.error());
        }
        CPPUNIT_ASSERT(*bound);
        const auto proven = plugin_->prove(context, bed_->shows(token, 1), token, (*bound)->bound);
        return proven || Base::isAway(proven.error());
    }
    Result<std::monostate, OAuthError> prove(const HttpRequest& request, const Value& bound) {
        return plugin_->prove(context_, request, token, bound);
    }
    void refuses(const HttpRequest& request, const Value& bound) {
        const auto proven = prove(request, bound);
        CPPUNIT_ASSERT(!proven);
        assertTellable(proven.error());
        CPPUNIT_ASSERT(proven.error().httpStatus() < 500);
    }
};

}  // namespace gatehouse::testkit
