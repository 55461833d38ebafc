// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/OAuthError.h>
#include <gatehouse/RequestKeeper.h>
#include <gatehouse/point/RequestSource.h>
#include <gatehouse/testkit/ErrorTexts.h>
#include <gatehouse/testkit/FakeRequestInHand.h>
#include <gatehouse/testkit/OddTexts.h>
#include <gatehouse/testkit/PluginCase.h>
#include <gatehouse/testkit/Together.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::testkit {

/// What every RequestSource promises, run against the source of a bed:
///
///     struct ShelfBed {                       // made anew for each case
///         /// Configured and started.
///         std::unique_ptr<gatehouse::RequestSource> make();
///         /// What the client "site" sends to name a request that the source has.
///         gatehouse::Form good();
///         /// What names none.
///         std::vector<gatehouse::Form> bad();
///     };
///     CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::testkit::RequestSourceContract<ShelfBed>);
///
/// Threads call the source concurrently, so run it under a thread sanitizer once.
template <class Bed> class RequestSourceContract : public PluginCase<RequestSource, Bed> {
    using Base = PluginCase<RequestSource, Bed>;
    using Base::bed_;
    using Base::plugin_;

    CPPUNIT_TEST_SUITE(RequestSourceContract<Bed>);
    CPPUNIT_TEST(itsParametersHaveNames);
    CPPUNIT_TEST(aGoodRequestIsRead);
    CPPUNIT_TEST(readingUsesNothingUp);
    CPPUNIT_TEST(aBadOneIsRefused);
    CPPUNIT_TEST(nobodyGetsAnotherClientsRequest);
    CPPUNIT_TEST(whatIsKeptIsFoundAgain);
    CPPUNIT_TEST(oddValuesAreDataAndNeverSyntax);
    CPPUNIT_TEST(discoveryIsAddedTo);
    CPPUNIT_TEST(manyThreadsGetTheirAnswers);
    CPPUNIT_TEST(aBackendThatIsAwayIsNoAnswer);
    CPPUNIT_TEST(aSlowBackendIsGivenUpInTime);
    CPPUNIT_TEST(stoppingTwiceIsHarmless);
    CPPUNIT_TEST_SUITE_END();

public:
    void itsParametersHaveNames() {
        std::set<std::string_view> names;
        CPPUNIT_ASSERT_MESSAGE("it answers for no parameter", !plugin_->parameters().empty());
        for (const auto name : plugin_->parameters()) {
            CPPUNIT_ASSERT_MESSAGE("a name is empty", !name.empty() && name.front() != '=');
            CPPUNIT_ASSERT_MESSAGE(std::string(name) + " twice", names.insert(name).second);
        }
        CPPUNIT_ASSERT(plugin_->parameters() == plugin_->parameters());
        const Form good = bed_->good();
        CPPUNIT_ASSERT_MESSAGE("what names a good request is none of its parameters", hasOwn(good));
    }

    void aGoodRequestIsRead() {
        const auto read = plugin_->read(FakeRequestInHand(bed_->good()));
        CPPUNIT_ASSERT_MESSAGE(read ? "" : read.error().description, bool(read));
        CPPUNIT_ASSERT_MESSAGE("it stands for nothing",
                               !read->parameters.fields().empty() || !read->sealed.empty());
        assertSound(read, "a good request");
    }

    /// Who opens a request closes it again; the kernel notes when it has its answer.
    void readingUsesNothingUp() {
        const FakeRequestInHand request(bed_->good());
        const auto first = plugin_->read(request);
        const auto second = plugin_->read(request);
        CPPUNIT_ASSERT_MESSAGE("it is read no second time", first && second);
        CPPUNIT_ASSERT_MESSAGE("it has another name the second time", first->once == second->once);
    }

    void aBadOneIsRefused() {
        for (const auto& form : bed_->bad()) {
            const auto read = plugin_->read(FakeRequestInHand(form));
            CPPUNIT_ASSERT_MESSAGE("a bad request is read", !read);
            assertSound(read, "a bad request");
        }
    }

    void nobodyGetsAnotherClientsRequest() {
        FakeRequestInHand request(bed_->good());
        request.fakeClient.id = "other";
        const auto read = plugin_->read(request);
        CPPUNIT_ASSERT_MESSAGE("it was given away", !read);
        assertSound(read, "another client's request");
    }

    /// RequestKeeper.
    void whatIsKeptIsFoundAgain() {
        const auto* keeper = capabilityOf<RequestKeeper>(*plugin_);
        FakeRequestInHand request(bed_->good());
        const auto read = plugin_->read(request);
        CPPUNIT_ASSERT_EQUAL_MESSAGE("only what is kept is sealed, and all of that",
                                     keeper != nullptr, !read->sealed.empty());
        CPPUNIT_ASSERT_EQUAL_MESSAGE("only what is kept is found by a reference, and all of that",
                                     keeper != nullptr, !read->reference.empty());
        if (keeper != nullptr) {
            const auto again = keeper->kept(request.context(), read->reference);
            CPPUNIT_ASSERT_MESSAGE("it is not found again", again && *again);
            CPPUNIT_ASSERT_EQUAL_MESSAGE("another one is found", read->sealed, **again);
            const auto none = keeper->kept(request.context(), "no reference");
            CPPUNIT_ASSERT_MESSAGE("something is found", none && !*none);
        }
    }

    void oddValuesAreDataAndNeverSyntax() {
        const Form good = bed_->good();
        for (std::size_t at = 0; at < good.fields().size(); ++at) {
            for (const auto& text : oddTexts()) {
                auto fields = good.fields();
                fields[at].second = text;
                assertSound(plugin_->read(FakeRequestInHand(Form(fields))),
                            fields[at].first + "=" + text.substr(0, 100));
            }
        }
    }

    void discoveryIsAddedTo() {
        const Issuer issuer{1, "https://id.example.org", ""};
        const ValueMap before{{"issuer", issuer.url}, {"a_member", "a value"}};
        ValueMap first = before;
        ValueMap second = before;
        plugin_->describe(issuer, first);
        plugin_->describe(issuer, second);
        CPPUNIT_ASSERT_MESSAGE("it says another thing each time", first == second);
        for (const auto& member : before) {
            CPPUNIT_ASSERT_MESSAGE(member.name, first.find(member.name) != nullptr &&
                                                    *first.find(member.name) == member.value);
        }
    }

    void manyThreadsGetTheirAnswers() {
        constexpr int threads = 8;
        constexpr int rounds = 25;
        std::vector<Form> good;
        for (int number = 0; number < threads * rounds; ++number) {
            good.push_back(bed_->good());
        }
        const auto bad = bed_->bad();
        together(threads, [&](int number) {
            for (int round = 0; round < rounds; ++round) {
                const auto at = static_cast<std::size_t>(number % threads * rounds + round);
                CPPUNIT_ASSERT(plugin_->read(FakeRequestInHand(good[at])));
                for (const auto& form : bad) {
                    CPPUNIT_ASSERT(!plugin_->read(FakeRequestInHand(form)));
                }
            }
        });
    }

    void aBackendThatIsAwayIsNoAnswer() {
        Base::saysThatItIsAway([this](const Context& context) { return readsOrIsAway(context); });
    }

    void aSlowBackendIsGivenUpInTime() {
        Base::answersInTime([this](const Context& context) { return readsOrIsAway(context); });
    }

private:
    bool readsOrIsAway(const Context& context) const {
        FakeRequestInHand request(bed_->good());
        request.giveUpAt(context.deadline);
        const auto read = plugin_->read(request);
        return read || Base::isAway(read.error());
    }
    /// A parameter may say how its value begins: "NAME=BEGINNING".
    bool hasOwn(const Form& form) const {
        for (const auto parameter : plugin_->parameters()) {
            const auto name = parameter.substr(0, parameter.find('='));
            const auto beginning = parameter.substr(std::min(name.size() + 1, parameter.size()));
            const auto value = form.text(name);
            if (!value.empty() && value.substr(0, beginning.size()) == beginning) {
                return true;
            }
        }
        return false;
    }
    /// A request of this client that names no other, or a refusal that is nobody's fault here.
    void assertSound(const Result<RequestRead, OAuthError>& read, const std::string& of) const {
        if (!read) {
            CPPUNIT_ASSERT_MESSAGE(of + ": server_error: " + read.error().detail,
                                   read.error().code != OAuthCode::serverError);
            CPPUNIT_ASSERT_MESSAGE(of + ": a refusal without description",
                                   !read.error().description.empty());
            assertTellable(read.error());
            return;
        }
        CPPUNIT_ASSERT_MESSAGE(of + ": it is another client's",
                               !read->parameters.has("client_id") ||
                                   read->parameters.text("client_id") == "site");
        CPPUNIT_ASSERT_MESSAGE(of + ": it names one again", !hasOwn(read->parameters));
        for (const auto& [name, value] : read->parameters.fields()) {
            CPPUNIT_ASSERT_MESSAGE(of + ": " + name + " has a NUL",
                                   (name + value).find('\0') == std::string::npos);
        }
    }
};

}  // namespace gatehouse::testkit
