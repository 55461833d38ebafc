// SPDX-License-Identifier: Apache-2.0
#include "authorization/AuthorizationPolicy.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

namespace {

constexpr TimePoint now{seconds{1000000}};

/// One question to the policy, and what it should say: "login", "consent", "answer", or an error
/// code.
struct Case {
    const char* name;
    const char* prompt;
    int maxAge;  ///< -1: not sent
    int age;  ///< of the session in seconds; -1: nobody is signed in
    bool isFresh;
    const char* consented;
    const char* expected;
};

constexpr const char* all = "openid email";

constexpr Case cases[] = {
    {"nobody is signed in", "", -1, -1, false, "", "login"},
    {"nobody, and no page allowed", "none", -1, -1, false, "", "login_required"},
    {"signed in, never asked", "", -1, 100, false, "", "consent"},
    {"signed in, asked for less before", "", -1, 100, false, "openid", "consent"},
    {"signed in, allowed before", "", -1, 100, false, all, "answer"},
    {"silent, allowed before", "none", -1, 100, false, all, "answer"},
    {"silent, never asked", "none", -1, 100, false, "", "consent_required"},
    {"login forced", "login", -1, 100, false, all, "login"},
    {"login forced and done: no circle", "login", -1, 0, true, all, "answer"},
    {"an account is to be chosen", "select_account", -1, 100, false, all, "choose"},
    {"nobody to choose from", "select_account", -1, -1, false, all, "login"},
    {"an account is to be chosen, and to log in", "login select_account", -1, 100, false, all,
     "choose"},
    {"an account was chosen", "select_account", -1, 0, true, all, "answer"},
    {"consent forced", "consent", -1, 100, false, all, "consent"},
    {"login and consent forced", "login consent", -1, 100, false, all, "login"},
    {"login and consent forced, logged in", "login consent", -1, 0, true, all, "consent"},
    {"a step is asked for", "new", -1, 100, false, all, "login"},
    {"a step is asked for, and nobody is here", "new", -1, -1, false, all, "login"},
    {"a step was asked for and passed: no circle", "new", -1, 0, true, all, "answer"},
    {"a step and consent", "new consent", -1, 0, true, all, "consent"},
    {"young enough", "", 100, 100, false, all, "answer"},
    {"too old", "", 99, 100, false, all, "login"},
    {"too old and silent", "none", 99, 100, false, all, "login_required"},
    {"too old, then logged in: no circle", "", 1, 5, true, all, "answer"},
    {"max_age=0 is a login each time", "", 0, 0, false, all, "login"},
    {"max_age=0 and logged in", "", 0, 0, true, all, "answer"},
};

AuthorizationRequest requestOf(const char* prompt, int maxAge, const char* scope) {
    AuthorizationRequest request;
    request.prompts = *Prompts::parse(
        prompt, [](std::string_view value) { return value == "new" ? "newcomer" : ""; });
    request.scopes = ScopeSet::parse(scope);
    if (maxAge >= 0) {
        request.maxAge = seconds{maxAge};
    }
    return request;
}

std::string told(const Decision& decision) {
    switch (decision.next) {
    case Decision::Next::choose: return "choose";
    case Decision::Next::login: return "login";
    case Decision::Next::consent: return "consent";
    case Decision::Next::answer: return "answer";
    case Decision::Next::refuse: return decision.error.code;
    }
    return "?";
}

}  // namespace

class AuthorizationPolicyTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AuthorizationPolicyTest);
    CPPUNIT_TEST(loginConsentOrAnswer);
    CPPUNIT_TEST(aLoginIsAsOldAsTokensTellIt);
    CPPUNIT_TEST(lastingAccessNeedsAConsent);
    CPPUNIT_TEST(anotherPersonLogsInOrIsRefused);
    CPPUNIT_TEST(whoIsLeftIsTakenForNobody);
    CPPUNIT_TEST(anEssentialAcrMustBeReached);
    CPPUNIT_TEST(aVouchedForClientAsksOnlyWhenItWantsTo);
    CPPUNIT_TEST(notesMayNeedAConsentToo);
    CPPUNIT_TEST_SUITE_END();

    Authentication authentication_{now - seconds{100}, "acr-1", {"pwd"}, "sid"};

    Situation signedIn(const char* consented = all) const {
        Situation situation;
        situation.authentication = &authentication_;
        situation.subject = "u1";
        situation.consented = ScopeSet::parse(consented);
        situation.now = now;
        return situation;
    }

public:
    void loginConsentOrAnswer() {
        for (const auto& each : cases) {
            authentication_.time = now - seconds{each.age};
            auto situation = signedIn(each.consented);
            situation.isFresh = each.isFresh;
            if (each.age < 0) {
                situation.authentication = nullptr;
            }
            const auto decision =
                AuthorizationPolicy::decide(requestOf(each.prompt, each.maxAge, all), situation);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(each.name, std::string(each.expected), told(decision));
        }
    }

    void aLoginIsAsOldAsTokensTellIt() {
        auto situation = signedIn();
        authentication_.time = TimePoint{milliseconds{9'900}};
        situation.now = TimePoint{milliseconds{20'050}};
        for (const auto& [age, expected] : {std::pair{11, "login"}, std::pair{12, "answer"}}) {
            CPPUNIT_ASSERT_EQUAL(std::string(expected), told(AuthorizationPolicy::decide(
                                                            requestOf("", age, all), situation)));
        }
    }

    void notesMayNeedAConsentToo() {
        auto situation = signedIn();
        situation.isAllConsented = false;
        CPPUNIT_ASSERT_EQUAL(std::string("consent"),
                             told(AuthorizationPolicy::decide(requestOf("", -1, all), situation)));
        CPPUNIT_ASSERT_EQUAL(
            std::string("consent_required"),
            told(AuthorizationPolicy::decide(requestOf("none", -1, all), situation)));
        situation.needsNoConsent = true;
        CPPUNIT_ASSERT_EQUAL(std::string("answer"),
                             told(AuthorizationPolicy::decide(requestOf("", -1, all), situation)));
    }

    void lastingAccessNeedsAConsent() {
        const char* lasting = "openid offline_access";
        const auto dropped =
            AuthorizationPolicy::decide(requestOf("", -1, lasting), signedIn("openid"));
        CPPUNIT_ASSERT_EQUAL(std::string("answer"), told(dropped));
        CPPUNIT_ASSERT_EQUAL(std::string("openid"), dropped.scopes.text());
        const auto remembered =
            AuthorizationPolicy::decide(requestOf("", -1, lasting), signedIn(lasting));
        CPPUNIT_ASSERT_EQUAL(std::string(lasting), remembered.scopes.text());
        const auto asked =
            AuthorizationPolicy::decide(requestOf("consent", -1, lasting), signedIn(""));
        CPPUNIT_ASSERT_EQUAL(std::string("consent"), told(asked));
        CPPUNIT_ASSERT_EQUAL(std::string(lasting), asked.scopes.text());
        const auto nothing =
            AuthorizationPolicy::decide(requestOf("", -1, "offline_access"), signedIn(""));
        CPPUNIT_ASSERT_EQUAL(std::string("invalid_scope"), told(nothing));
    }

    void anotherPersonLogsInOrIsRefused() {
        auto request = requestOf("", -1, all);
        request.subject = "u2";
        CPPUNIT_ASSERT_EQUAL(std::string("login"),
                             told(AuthorizationPolicy::decide(request, signedIn())));
        auto fresh = signedIn();
        fresh.isFresh = true;
        CPPUNIT_ASSERT_EQUAL(std::string("login_required"),
                             told(AuthorizationPolicy::decide(request, fresh)));
        request.prompts.none = true;
        CPPUNIT_ASSERT_EQUAL(std::string("login_required"),
                             told(AuthorizationPolicy::decide(request, signedIn())));
        request.subject = "u1";
        CPPUNIT_ASSERT_EQUAL(std::string("answer"),
                             told(AuthorizationPolicy::decide(request, signedIn())));
    }

    void whoIsLeftIsTakenForNobody() {
        auto left = signedIn();
        left.authentication = nullptr;
        left.hasOthers = true;
        auto request = requestOf("", -1, all);
        CPPUNIT_ASSERT_EQUAL(std::string("choose"),
                             told(AuthorizationPolicy::decide(request, left)));
        request.prompts.none = true;
        CPPUNIT_ASSERT_EQUAL(std::string("account_selection_required"),
                             told(AuthorizationPolicy::decide(request, left)));
        request.subject = "u3";
        CPPUNIT_ASSERT_EQUAL_MESSAGE("none of them can be it", std::string("login_required"),
                                     told(AuthorizationPolicy::decide(request, left)));
        left.isChosen = true;
        CPPUNIT_ASSERT_EQUAL_MESSAGE(
            "somebody else", std::string("login"),
            told(AuthorizationPolicy::decide(requestOf("select_account", -1, all), left)));
    }

    void anEssentialAcrMustBeReached() {
        auto request = requestOf("", -1, all);
        request.claims = *ClaimsRequest::parse(
            R"({"id_token": {"acr": {"essential": true, "values": ["acr-2", "acr-1"]}}})");
        CPPUNIT_ASSERT_EQUAL(std::string("answer"),
                             told(AuthorizationPolicy::decide(request, signedIn())));
        authentication_.acr = "acr-0";
        CPPUNIT_ASSERT_EQUAL(std::string("unmet_authentication_requirements"),
                             told(AuthorizationPolicy::decide(request, signedIn())));
    }

    void aVouchedForClientAsksOnlyWhenItWantsTo() {
        auto situation = signedIn("");
        situation.needsNoConsent = true;
        const auto silent =
            AuthorizationPolicy::decide(requestOf("", -1, "openid offline_access"), situation);
        CPPUNIT_ASSERT_EQUAL(std::string("answer"), told(silent));
        CPPUNIT_ASSERT_EQUAL(std::string("openid offline_access"), silent.scopes.text());
        CPPUNIT_ASSERT_EQUAL(
            std::string("consent"),
            told(AuthorizationPolicy::decide(requestOf("consent", -1, all), situation)));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(AuthorizationPolicyTest);

}  // namespace gatehouse
