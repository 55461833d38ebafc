// SPDX-License-Identifier: Apache-2.0
#include "authorization/AuthorizationRequestReader.h"

#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/FakeHost.h>

#include "RequestFakes.h"
#include "authorization/RequestSources.h"
#include "authorization/ResponseModes.h"
#include "authorization/ResponseTypes.h"
#include "authorization/RuleChain.h"
#include "client/ClientDirectory.h"
#include "client/ClientRules.h"
#include "login/AskedSteps.h"
#include "text/FormText.h"
#include "token/ClaimsPolicy.h"
#include "token/ResourcePolicy.h"
#include "token/TokenBindings.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

namespace {

const std::string challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

}  // namespace

class AuthorizationRequestReaderTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AuthorizationRequestReaderTest);
    CPPUNIT_TEST(aWholeRequestIsRead);
    CPPUNIT_TEST(withoutAProvenRedirectUriThereIsAPage);
    CPPUNIT_TEST(aSingleRedirectUriMayBeLeftOutWithoutOpenId);
    CPPUNIT_TEST(everythingElseIsToldToTheSite);
    CPPUNIT_TEST(aServerWithoutTheGrantGivesNoCodes);
    CPPUNIT_TEST(aDoubledStateIsNotEchoed);
    CPPUNIT_TEST(anErrorIsAnsweredInTheModeAskedFor);
    CPPUNIT_TEST(aRequestObjectIsRefusedInItsOwnMode);
    CPPUNIT_TEST(whatIsUnknownOrOnlyAWishIsNoError);
    CPPUNIT_TEST(scopesTheClientMayNotHaveAreLeftOut);
    CPPUNIT_TEST(withoutScopeThereIsWhatIsNotAboutAPerson);
    CPPUNIT_TEST(onlyAConfidentialClientMayDoWithoutPkce);
    CPPUNIT_TEST(promptsAreRead);
    CPPUNIT_TEST(aRegisteredMaxAgeIsTheDefault);
    CPPUNIT_TEST(resourcesMayRepeat);
    CPPUNIT_TEST(anIdTokenHintNamesThePerson);
    CPPUNIT_TEST(longValuesAreKeptWhole);
    CPPUNIT_TEST(aStorageThatIsAwayIsToldOnAPage);
    CPPUNIT_TEST_SUITE_END();

    testkit::FakeHost host_;
    testkit::FakeContext fakeContext_;
    Context context_ = fakeContext_;
    HintJose jose_;
    ClientRules clientRules_;
    ClientDirectory directory_{
        host_, clientRules_, [] { return true; },
        [](IssuerId) { return std::make_shared<const std::vector<Client>>(clients()); }};
    const ClaimsPolicy claims_;
    const RequestSources sources_{host_, {}};
    const RuleChain rules_{host_, {}};
    const ResponseModes modes_{host_, {}};
    const ResponseTypes types_{host_, {}, true};
    const TokenBindings bindings_{{}};
    const ResourcePolicy resources_{host_, {}, "", true};
    const AskedSteps askedSteps_{{}, {}, {}};
    HttpRequest http_;
    AuthorizationRequestReader reader_{{directory_, jose_, claims_, sources_, rules_, modes_,
                                        types_, bindings_, resources_, askedSteps_}};

    using Fields = std::vector<Form::Field>;

    static Fields fields(const char* text) { return parseForm(text)->fields(); }
    /// A good request with fields replaced; an empty value takes one away.
    static Form form(const Fields& changes) {
        Fields sent{{"client_id", "site"},
                    {"redirect_uri", "https://site.example/cb"},
                    {"response_type", "code"},
                    {"scope", "openid"},
                    {"state", "st"},
                    {"code_challenge", challenge},
                    {"code_challenge_method", "S256"}};
        for (const auto& [name, value] : changes) {
            bool isReplaced = false;
            for (auto& field : sent) {
                if (field.first == name) {
                    field.second = value;
                    isReplaced = true;
                }
            }
            if (!isReplaced) {
                sent.emplace_back(name, value);
            }
        }
        return Form(sent);
    }
    static Form doubled(const std::string& name, const std::string& value) {
        auto sent = form({}).fields();
        sent.emplace_back(name, value);
        return Form(sent);
    }
    static std::string told(const Fields& changes) {
        std::string text;
        for (const auto& [name, value] : changes) {
            text += name + "=" + value + " ";
        }
        return text;
    }
    AuthorizationRequest read(const Fields& changes) {
        auto request = reader_.read(context_, http_, form(changes), {});
        CPPUNIT_ASSERT_MESSAGE(told(changes) + (request ? "" : request.error().error.description),
                               request);
        return *request;
    }
    Refusal refuse(const Form& sent, const std::string& message) {
        const auto request = reader_.read(context_, http_, sent, {});
        CPPUNIT_ASSERT_MESSAGE(message, !request);
        return request.error();
    }
    void assertPage(const Form& sent, std::string_view code, const std::string& message) {
        const auto refusal = refuse(sent, message);
        CPPUNIT_ASSERT_MESSAGE(message, !refusal.replyTo);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(message, std::string(code), refusal.error.code);
    }
    void assertTold(const Form& sent, std::string_view code, const std::string& message) {
        const auto refusal = refuse(sent, message);
        CPPUNIT_ASSERT_MESSAGE(message, refusal.replyTo);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(message, std::string(code), refusal.error.code);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(message, std::string("https://site.example/cb"),
                                     refusal.replyTo->redirectUri);
        CPPUNIT_ASSERT_MESSAGE(message, refusal.client != nullptr);
    }

public:
    void aWholeRequestIsRead() {
        const auto request = read({{"scope", "openid email"},
                                   {"nonce", "n"},
                                   {"prompt", "login consent"},
                                   {"max_age", "600"},
                                   {"login_hint", "ada"},
                                   {"ui_locales", "de en"},
                                   {"acr_values", "1 2"},
                                   {"claims", R"({"userinfo": {"email": null, "name": null}})"},
                                   {"resource", "https://api.example/"},
                                   {"response_mode", "form_post"}});
        CPPUNIT_ASSERT_EQUAL(std::string("site"), request.client->id);
        CPPUNIT_ASSERT_EQUAL(std::string("https://site.example/cb"), request.replyTo.redirectUri);
        CPPUNIT_ASSERT_EQUAL(std::string("st"), request.replyTo.state);
        CPPUNIT_ASSERT(request.replyTo.mode == ResponseMode::formPost);
        CPPUNIT_ASSERT(request.isRedirectUriSent);
        CPPUNIT_ASSERT_EQUAL(std::string("openid email"), request.scopes.text());
        CPPUNIT_ASSERT_EQUAL(std::string("n"), request.nonce);
        CPPUNIT_ASSERT_EQUAL(challenge, request.codeChallenge);
        CPPUNIT_ASSERT(request.prompts.login && request.prompts.consent && !request.prompts.none);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{600}, static_cast<std::int64_t>(request.maxAge->count()));
        CPPUNIT_ASSERT_EQUAL(std::string("ada"), request.loginHint);
        CPPUNIT_ASSERT_EQUAL(std::string("de en"), request.uiLocales);
        CPPUNIT_ASSERT_EQUAL(std::string("1 2"), request.acrValues);
        CPPUNIT_ASSERT(request.claims.userinfo.contains("email"));
        CPPUNIT_ASSERT(!request.claims.userinfo.contains("name"));  // of a scope it may not have
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, request.resources.size());
        CPPUNIT_ASSERT(request.subject.empty());
    }

    void withoutAProvenRedirectUriThereIsAPage() {
        for (const auto* changes :
             {"client_id=", "redirect_uri=", "redirect_uri=https://evil.example/cb",
              "redirect_uri=https://site.example/cb?x", "redirect_uri=https://site.example/cb%23f",
              "redirect_uri=https://evil.example/cb&request=x.y.z",
              "client_id=app&redirect_uri=&scope=email",
              "client_id=app&redirect_uri=http://localhost:5000/cb"}) {
            assertPage(form(fields(changes)), OAuthCode::invalidRequest, changes);
        }
        assertPage(form({{"client_id", "nobody"}}), OAuthCode::invalidClient, "unknown client");
        assertPage(doubled("client_id", "site"), OAuthCode::invalidRequest, "client_id twice");
        assertPage(doubled("redirect_uri", "https://site.example/cb"), OAuthCode::invalidRequest,
                   "redirect_uri twice");
    }

    void aSingleRedirectUriMayBeLeftOutWithoutOpenId() {
        const auto request = read({{"redirect_uri", ""}, {"scope", "notes.read"}});
        CPPUNIT_ASSERT_EQUAL(std::string("https://site.example/cb"), request.replyTo.redirectUri);
        CPPUNIT_ASSERT(!request.isRedirectUriSent);
    }

    void everythingElseIsToldToTheSite() {
        struct Case {
            const char* changes;
            std::string_view code;
        };
        const Case cases[] = {
            {"response_type=", OAuthCode::invalidRequest},
            {"response_type=token", OAuthCode::unsupportedResponseType},
            {"response_type=code%20id_token", OAuthCode::unsupportedResponseType},
            {"response_mode=fragment", OAuthCode::invalidRequest},
            {"client_id=machine", OAuthCode::unauthorizedClient},
            {"scope=no-such-scope", OAuthCode::invalidScope},
            {"scope=openid%20%22x%22", OAuthCode::invalidScope},
            {"scope=openid%20%C3%BC", OAuthCode::invalidScope},
            {"code_challenge=", OAuthCode::invalidRequest},
            {"code_challenge_method=", OAuthCode::invalidRequest},
            {"code_challenge_method=plain", OAuthCode::invalidRequest},
            {"code_challenge=short", OAuthCode::invalidRequest},
            {"code_challenge="
             "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
             "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
             OAuthCode::invalidRequest},
            {"code_challenge=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa%3D",
             OAuthCode::invalidRequest},
            {"prompt=none%20login", OAuthCode::invalidRequest},
            {"prompt=create", OAuthCode::invalidRequest},
            {"max_age=-1", OAuthCode::invalidRequest},
            {"max_age=ten", OAuthCode::invalidRequest},
            {"max_age=1.5", OAuthCode::invalidRequest},
            {"max_age=99999999999999999999", OAuthCode::invalidRequest},
            {"claims={", OAuthCode::invalidRequest},
            {"request=x.y.z", OAuthCode::requestNotSupported},
            {"request_uri=https://site.example/r", OAuthCode::requestUriNotSupported},
            {"registration={}", OAuthCode::registrationNotSupported},
            {"resource=https://api.example/%23f", OAuthCode::invalidTarget},
            {"resource=/relative", OAuthCode::invalidTarget},
            {"resource=https:", OAuthCode::invalidTarget},
            {"resource=no%20colon", OAuthCode::invalidTarget},
            {"id_token_hint=forged", OAuthCode::invalidRequest},
            {"id_token_hint=access", OAuthCode::invalidRequest},
            {"id_token_hint=elsewhere", OAuthCode::invalidRequest},
            {"id_token_hint=away", OAuthCode::temporarilyUnavailable},
        };
        for (const auto& each : cases) {
            assertTold(form(fields(each.changes)), each.code, each.changes);
        }
        for (const auto* name :
             {"scope", "nonce", "response_type", "prompt", "code_challenge", "extra"}) {
            auto sent = form({{"nonce", "n"}, {"prompt", "login"}, {"extra", "x"}}).fields();
            sent.emplace_back(name, "openid");
            assertTold(Form(sent), OAuthCode::invalidRequest, name);
        }
    }

    void aServerWithoutTheGrantGivesNoCodes() {
        const ResponseTypes none{host_, {}, false};
        const AuthorizationRequestReader without{{directory_, jose_, claims_, sources_, rules_,
                                                  modes_, none, bindings_, resources_,
                                                  askedSteps_}};
        const auto request = without.read(context_, http_, form({}), {});
        CPPUNIT_ASSERT(!request);
        CPPUNIT_ASSERT(request.error().error.code == OAuthCode::unsupportedResponseType);
        CPPUNIT_ASSERT_EQUAL(std::string("st"), request.error().replyTo->state);
        const auto stranger =
            without.read(context_, http_, form({{"redirect_uri", "https://evil.example"}}), {});
        CPPUNIT_ASSERT(!stranger.error().replyTo);
    }

    void aDoubledStateIsNotEchoed() {
        const auto refusal = refuse(doubled("state", "other"), "state twice");
        CPPUNIT_ASSERT(refusal.replyTo);
        CPPUNIT_ASSERT(refusal.replyTo->state.empty());
    }

    void anErrorIsAnsweredInTheModeAskedFor() {
        const auto refusal =
            refuse(form({{"response_mode", "form_post"}, {"prompt", "pigeon"}}), "prompt");
        CPPUNIT_ASSERT(refusal.replyTo->mode == ResponseMode::formPost);
        CPPUNIT_ASSERT_EQUAL(std::string("st"), refusal.replyTo->state);
    }

    void aRequestObjectIsRefusedInItsOwnMode() {
        const auto modeOf = [this](const Fields& changes) {
            const auto refusal = refuse(form(changes), "request object");
            CPPUNIT_ASSERT(refusal.error.code == OAuthCode::requestNotSupported);
            return refusal.replyTo->mode;
        };
        CPPUNIT_ASSERT(modeOf({{"request", "form_post"}}) == ResponseMode::formPost);
        CPPUNIT_ASSERT(modeOf({{"request", "query"}, {"response_mode", "form_post"}}) ==
                       ResponseMode::query);
        CPPUNIT_ASSERT(modeOf({{"request", "x.y.z"}, {"response_mode", "form_post"}}) ==
                       ResponseMode::formPost);
        CPPUNIT_ASSERT(modeOf({{"request", "x.y.z"}}) == ResponseMode::query);
    }

    void whatIsUnknownOrOnlyAWishIsNoError() {
        read({{"extra", "foobar"},
              {"display", "holographic"},
              {"ui_locales", "q1 \\ 123456789"},
              {"claims_locales", "se"},
              {"acr_values", "unheard of"},
              {"login_hint", "{{x}}"}});
        read({{"claims", R"({"userinfo": {"no_such_claim": {"essential": true}}})"}});
    }

    void scopesTheClientMayNotHaveAreLeftOut() {
        const auto request = read({{"scope", "phone openid no-such-scope email openid"}});
        CPPUNIT_ASSERT_EQUAL(std::string("openid email"), request.scopes.text());
    }

    void withoutScopeThereIsWhatIsNotAboutAPerson() {
        CPPUNIT_ASSERT_EQUAL(std::string("notes.read notes.write"),
                             read({{"scope", ""}}).scopes.text());
        assertTold(form({{"client_id", "person"}, {"scope", ""}}), OAuthCode::invalidScope,
                   "nothing left");
    }

    void onlyAConfidentialClientMayDoWithoutPkce() {
        const Fields without{
            {"client_id", "old"}, {"code_challenge", ""}, {"code_challenge_method", ""}};
        CPPUNIT_ASSERT(read(without).codeChallenge.empty());
        CPPUNIT_ASSERT_EQUAL(challenge, read({{"client_id", "old"}}).codeChallenge);
        assertTold(form({{"client_id", "old"}, {"code_challenge", ""}}), OAuthCode::invalidRequest,
                   "only the method");
        auto sent = without;
        sent[0].second = "public-old";
        assertTold(form(sent), OAuthCode::invalidRequest, "public");
    }

    void promptsAreRead() {
        const auto read = [](std::string_view text) {
            return Prompts::parse(text, [](std::string_view value) {
                return value == "new" || value == "newer" ? "step of " + std::string(value) : "";
            });
        };
        CPPUNIT_ASSERT(read("none")->none);
        CPPUNIT_ASSERT(read("select_account")->selectAccount);
        CPPUNIT_ASSERT(read("consent login")->consent);
        CPPUNIT_ASSERT(!read("")->none);
        CPPUNIT_ASSERT_EQUAL(std::string(), read("login")->step);
        CPPUNIT_ASSERT_EQUAL(std::string("step of new"), read("new")->step);
        CPPUNIT_ASSERT(read("login new consent")->login);
        for (const char* refused : {"none consent", "None", "old", "none new", "new none",
                                    "new newer", "select_account new"}) {
            CPPUNIT_ASSERT_MESSAGE(refused, !read(refused));
        }
    }

    void aRegisteredMaxAgeIsTheDefault() {
        CPPUNIT_ASSERT(!read({}).maxAge);
        CPPUNIT_ASSERT(seconds{600} == *read({{"client_id", "strict"}}).maxAge);
        CPPUNIT_ASSERT(seconds{0} == *read({{"client_id", "strict"}, {"max_age", "0"}}).maxAge);
    }

    void resourcesMayRepeat() {
        auto sent = form({}).fields();
        for (const auto* resource : {"https://a.example/", "urn:example:b", "https://a.example/"}) {
            sent.emplace_back("resource", resource);
        }
        const auto request = reader_.read(context_, http_, Form(sent), {});
        const std::vector<std::string> expected{"https://a.example/", "urn:example:b"};
        CPPUNIT_ASSERT(request);
        CPPUNIT_ASSERT(request->resources == expected);
        for (int i = 0; i < 9; ++i) {
            sent.emplace_back("resource", "https://many.example/" + std::to_string(i));
        }
        assertTold(Form(sent), OAuthCode::invalidTarget, "eleven resources");
    }

    void anIdTokenHintNamesThePerson() {
        CPPUNIT_ASSERT_EQUAL(std::string("u1"), read({{"id_token_hint", "hint"}}).subject);
        const auto* same = R"({"id_token": {"sub": {"value": "u1"}}})";
        CPPUNIT_ASSERT_EQUAL(std::string("u1"),
                             read({{"id_token_hint", "hint"}, {"claims", same}}).subject);
        const auto* other = R"({"id_token": {"sub": {"value": "u2"}}})";
        assertTold(form({{"id_token_hint", "hint"}, {"claims", other}}), OAuthCode::invalidRequest,
                   "two people");
    }

    void longValuesAreKeptWhole() {
        const std::string longText(30000, 'x');
        const auto request = read({{"state", longText}, {"nonce", longText}});
        CPPUNIT_ASSERT_EQUAL(longText, request.replyTo.state);
        CPPUNIT_ASSERT_EQUAL(longText, request.nonce);
    }

    void aStorageThatIsAwayIsToldOnAPage() {
        host_.fakeRecords.fail(Error::unavailable("away"));
        assertPage(form({{"client_id", "stored"}}), OAuthCode::temporarilyUnavailable,
                   "storage away");
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(AuthorizationRequestReaderTest);

}  // namespace gatehouse
