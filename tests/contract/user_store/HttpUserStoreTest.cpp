// SPDX-License-Identifier: Apache-2.0
#include "HttpUserStore.h"

#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/HostBed.h>
#include <gatehouse/testkit/UserStoreContract.h>

#include "PersonText.h"
#include "json/Json.h"
#include "passwords/LoginName.h"

#include <algorithm>
#include <utility>
#include <vector>

extern "C" const gatehouse::PluginDescriptor* gatehouse_plugin() noexcept;

namespace gatehouse {

namespace {

/// A service that knows people and minds case, or not.
struct HttpBed : testkit::HostBed {
    explicit HttpBed(bool ignoresCase = false) : isCaseIgnored(ignoresCase) {
        host.fakeOutgoing.answer([this](const OutgoingRequest& request) { return serve(request); });
    }
    void addUser(User user, std::string_view password) {
        user.id = "id of " + user.login;
        people.emplace_back(std::move(user), password);
    }
    void rename(const std::string& login, const std::string& newLogin) {
        for (auto& [user, password] : people) {
            user.login = user.login == login ? newLogin : user.login;
        }
    }
    std::unique_ptr<HttpUserStore> make(const ValueMap& more = {}) {
        ValueMap settings{{"url", "https://people.example/api/"},
                          {"secret", secret},
                          {"login_case", isCaseIgnored ? "ignored" : "matters"},
                          {"checks", 100},
                          {"lookups", 100}};
        for (const auto& setting : more) {
            settings.set(setting.name, setting.value);
        }
        auto store = std::make_unique<HttpUserStore>();
        const testkit::FakeConfig config(gatehouse_plugin()->fields, settings);
        const auto status = store->configure(config, host);
        CPPUNIT_ASSERT_MESSAGE(status ? "" : status.error().detail, bool(status));
        return store;
    }

    static OutgoingAnswer json(std::string body, std::string_view cacheControl = {}) {
        OutgoingAnswer answer{200, {{"content-type", "application/json"}}, std::move(body)};
        if (!cacheControl.empty()) {
            answer.headers.push_back({"cache-control", std::string(cacheControl)});
        }
        return answer;
    }

    const std::string secret = std::string(24, 's');
    const bool isCaseIgnored;
    std::vector<std::pair<User, std::string>> people;

private:
    OutgoingAnswer serve(const OutgoingRequest& request) const {
        const auto asked = parseJson(request.body);
        const bool isRight = request.method == "POST" && asked && asked->map() != nullptr &&
                             request.headers.back().value == "Bearer " + secret;
        if (!isRight) {
            return {401, {}, {}};
        }
        const auto& question = *asked->map();
        const bool isCheck = request.url == "https://people.example/api/check";
        for (const auto& [user, password] : people) {
            const bool isAsked = question.contains("id") ? question.text("id") == user.id
                                                         : question.text("login") == user.login;
            if (isAsked && (!isCheck || question.text("password") == password)) {
                return json(toJson(ValueMap{{"person", ValueMap{{"id", user.id},
                                                                {"login", user.login},
                                                                {"disabled", user.isDisabled},
                                                                {"claims", user.claims}}}}));
            }
        }
        return json(R"({"person":null})");
    }
};

struct HttpCaseBed : HttpBed {
    HttpCaseBed() : HttpBed(true) {}
};

class HttpUserStoreTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(HttpUserStoreTest);
    CPPUNIT_TEST(whatIsNoAnswerIsNeitherYesNorNo);
    CPPUNIT_TEST(anotherPersonsAnswerIsNone);
    CPPUNIT_TEST(aServiceThatIgnoresCaseTellsNobodyBy);
    CPPUNIT_TEST(whoIsFoundIsRememberedAsLongAsTheAnswerSays);
    CPPUNIT_TEST(nothingElseIsRemembered);
    CPPUNIT_TEST(noMoreAreRememberedThanAllowed);
    CPPUNIT_TEST(aPasswordIsAskedAboutEachTime);
    CPPUNIT_TEST(moreThanAllowedAtOnceAreRefusedAndHoldNothingElseUp);
    CPPUNIT_TEST(whatJsonCannotSayIsNotAsked);
    CPPUNIT_TEST(whatTheRulesRefuseIsAway);
    CPPUNIT_TEST(settingsThatCannotBeAreRefused);
    CPPUNIT_TEST_SUITE_END();

    static constexpr const char* ada = R"({"person":{"id":"1","login":"ada"}})";

    HttpBed bed_;
    testkit::FakeContext context_;

    void answerAlways(OutgoingAnswer answer) {
        bed_.host.fakeOutgoing.answer([answer](const OutgoingRequest&) { return answer; });
    }
    std::size_t asked() const { return bed_.host.fakeOutgoing.sent().size(); }
    void assertAway(const Result<std::optional<User>>& answer, const std::string& why) {
        CPPUNIT_ASSERT_MESSAGE(why, !answer && answer.error().isTemporary());
    }

public:
    void whatIsNoAnswerIsNeitherYesNorNo() {
        const auto store = bed_.make();
        std::vector<OutgoingAnswer> answers{
            {404, {{"content-type", "application/json"}}, R"({"person":null})"},
            {302, {{"location", "https://elsewhere.example"}}, {}},
            {204, {}, {}},
            {200, {{"content-type", "text/html"}}, ada},
            {200, {}, ada},
            HttpBed::json("<html>")};
        for (const auto& answer : answers) {
            answerAlways(answer);
            const auto why = std::to_string(answer.status) + answer.body;
            assertAway(store->findByLogin(context_, "ada"), why);
            assertAway(store->checkPassword(context_, "ada", Secret("x")), why);
        }
        CPPUNIT_ASSERT_EQUAL(2 * answers.size(), asked());
    }
    void anotherPersonsAnswerIsNone() {
        const auto store = bed_.make();
        answerAlways(HttpBed::json(ada, "max-age=60"));
        assertAway(store->findByLogin(context_, "bob"), "by login");
        assertAway(store->findById(context_, "2"), "by id");
        assertAway(store->checkPassword(context_, "bob", Secret("x")), "by password");
        CPPUNIT_ASSERT(*store->checkPassword(context_, "ada", Secret("x")));
    }
    void aServiceThatIgnoresCaseTellsNobodyBy() {
        const auto store = bed_.make();
        answerAlways(HttpBed::json(ada));
        CPPUNIT_ASSERT(!*store->findByLogin(context_, "ADA"));
        CPPUNIT_ASSERT(!*store->checkPassword(context_, "ADA", Secret("x")));
    }
    void whoIsFoundIsRememberedAsLongAsTheAnswerSays() {
        const auto store = bed_.make();
        answerAlways(HttpBed::json(ada, "private, max-age=60"));
        CPPUNIT_ASSERT(*store->findById(context_, "1"));
        bed_.host.fakeClock.advance(seconds{59});
        CPPUNIT_ASSERT(*store->findById(context_, "1"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, asked());
        bed_.host.fakeClock.advance(seconds{1});
        answerAlways(HttpBed::json(R"({"person":null})"));
        CPPUNIT_ASSERT(!*store->findById(context_, "1"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, asked());
    }
    void nothingElseIsRemembered() {
        const auto store = bed_.make();
        std::size_t times = 0;
        for (const char* said : {"", "max-age=0", "max-age=-5", "max-age=60, no-store",
                                 "No-Cache, max-age=60", "max-age=x", "s-maxage=60"}) {
            answerAlways(HttpBed::json(ada, said));
            CPPUNIT_ASSERT(*store->findByLogin(context_, "ada"));
            CPPUNIT_ASSERT(*store->findByLogin(context_, "ada"));
            times += 2;
            CPPUNIT_ASSERT_EQUAL_MESSAGE(said, times, asked());
        }
    }
    void noMoreAreRememberedThanAllowed() {
        const auto store = bed_.make({{"remembered", 2}});
        answerAlways(HttpBed::json(R"({"person":null})", "max-age=60"));
        for (const char* id : {"1", "2", "3", "3", "2", "1"}) {
            CPPUNIT_ASSERT(!*store->findById(context_, id));
        }
        CPPUNIT_ASSERT_EQUAL(std::size_t{4}, asked());
    }
    void aPasswordIsAskedAboutEachTime() {
        const auto store = bed_.make();
        answerAlways(HttpBed::json(ada, "max-age=60"));
        CPPUNIT_ASSERT(*store->findByLogin(context_, "ada"));
        CPPUNIT_ASSERT(*store->checkPassword(context_, "ada", Secret("x")));
        answerAlways(HttpBed::json(R"({"person":null})", "max-age=60"));
        CPPUNIT_ASSERT(!*store->checkPassword(context_, "ada", Secret("x")));
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, asked());
    }
    /// While one is asked about, the fake asks again.
    void moreThanAllowedAtOnceAreRefusedAndHoldNothingElseUp() {
        const auto store = bed_.make({{"checks", 1}, {"lookups", 1}});
        bed_.host.fakeOutgoing.answer([&](const OutgoingRequest& request) {
            if (request.url == "https://people.example/api/check") {
                assertAway(store->checkPassword(context_, "ada", Secret("x")), "a second check");
                CPPUNIT_ASSERT(*store->findByLogin(context_, "ada"));
            }
            return HttpBed::json(ada);
        });
        CPPUNIT_ASSERT(*store->checkPassword(context_, "ada", Secret("x")));
        CPPUNIT_ASSERT(*store->checkPassword(context_, "ada", Secret("x")));
    }
    void whatJsonCannotSayIsNotAsked() {
        const auto store = bed_.make();
        const std::string zero("ada\0", 4);
        CPPUNIT_ASSERT(!*store->checkPassword(context_, "ada", Secret("\xFF")));
        CPPUNIT_ASSERT(!*store->checkPassword(context_, "ada", Secret(zero)));
        CPPUNIT_ASSERT(!*store->checkPassword(context_, "ada", Secret(std::string(1025, 'x'))));
        CPPUNIT_ASSERT(!*store->findById(context_, zero));
        CPPUNIT_ASSERT(!*store->findByLogin(context_, zero));
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, asked());
    }
    void whatTheRulesRefuseIsAway() {
        const auto store = bed_.make();
        bed_.host.fakeOutgoing.fail(Error::notAllowed("10.0.0.1 is private"));
        assertAway(store->findByLogin(context_, "ada"), "no rule is broken by who logs in");
        bed_.host.fakeOutgoing.fail(Error::unknown("silent"));
        CPPUNIT_ASSERT(Fault::unknown == store->findByLogin(context_, "ada").error().fault);
    }
    void settingsThatCannotBeAreRefused() {
        for (const auto& [name, value] :
             {std::pair{"secret", std::string(24, 's') + "\r\nX: y"},
              std::pair{"url", std::string("https://people.example/?q=")}}) {
            ValueMap settings{{"url", "https://people.example"}, {"secret", std::string(24, 's')}};
            settings.set(name, value);
            HttpUserStore store;
            const testkit::FakeConfig config(gatehouse_plugin()->fields, settings);
            CPPUNIT_ASSERT_MESSAGE(name, !store.configure(config, bed_.host));
        }
    }
};

class PersonTextTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PersonTextTest);
    CPPUNIT_TEST(aPersonIsRead);
    CPPUNIT_TEST(claimsThatSayNothingAreLeftOut);
    CPPUNIT_TEST(nothingElseIs);
    CPPUNIT_TEST_SUITE_END();

public:
    void aPersonIsRead() {
        const auto person = personFrom(R"({"person":{"id":"7","login":"ada","disabled":true,
            "claims":{"email":"a@x.example","email_verified":true,"groups":["crew"]}}})");
        CPPUNIT_ASSERT(person && *person && (*person)->isDisabled);
        CPPUNIT_ASSERT_EQUAL(std::string("7"), (*person)->id);
        CPPUNIT_ASSERT_EQUAL(std::string("ada"), (*person)->login);
        CPPUNIT_ASSERT(*(*person)->claims.find("email_verified") == Value(true));
        CPPUNIT_ASSERT(!*personFrom(R"({"person":null})"));
    }
    void claimsThatSayNothingAreLeftOut() {
        const auto person = personFrom(
            R"({"person":{"id":"7","login":"ada","claims":{"name":"","email":null,"email_verified":true}}})");
        CPPUNIT_ASSERT(person && (*person)->claims.empty());
    }
    void nothingElseIs() {
        for (
            const std::string text :
            {"",
             "null",
             "{}",
             "[]",
             R"({"person":[]})",
             R"({"person":"ada"})",
             R"({"person":false})",
             R"({"person":{}})",
             R"({"person":null,"error":"x"})",
             R"({"person":null}x)",
             R"({"person":null,"person":{"id":"7","login":"ada"}})",
             R"({"person":{"id":7,"login":"ada"}})",
             R"({"person":{"id":"","login":"ada"}})",
             R"({"person":{"id":"7"}})",
             R"({"person":{"id":"7","login":" ada"}})",
             R"({"person":{"id":"7\n","login":"ada"}})",
             R"({"person":{"id":"7","login":"a\u0000"}})",
             R"({"person":{"id":"7","login":"ada","disabled":"no"}})",
             R"({"person":{"id":"7","login":"ada","disabled":null}})",
             R"({"person":{"id":"7","login":"ada","admin":true}})",
             R"({"person":{"id":"7","login":"ada","claims":[]}})",
             R"({"person":{"id":"7","login":"ada","claims":{"sub":"x"}}})",
             R"({"person":{"id":"7","login":"ada","claims":{"email":"e","email_verified":"true"}}})"}) {
            CPPUNIT_ASSERT_MESSAGE(text, !personFrom(text));
        }
        const auto longId = R"({"person":{"login":"ada","id":")" + std::string(256, '7') + "\"}}";
        CPPUNIT_ASSERT(!personFrom(longId));
    }
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::UserStoreContract<HttpBed>);
CPPUNIT_TEST_SUITE_REGISTRATION(testkit::UserStoreContract<HttpCaseBed>);
CPPUNIT_TEST_SUITE_REGISTRATION(HttpUserStoreTest);
CPPUNIT_TEST_SUITE_REGISTRATION(PersonTextTest);

}  // namespace gatehouse
