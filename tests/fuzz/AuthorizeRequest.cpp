// SPDX-License-Identifier: Apache-2.0
// The query of an authorization request, and the answer it leads to.
#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/FakeHost.h>

#include "Fuzz.h"
#include "RequestFakes.h"
#include "authorization/AuthorizationRequestReader.h"
#include "authorization/AuthorizationResponse.h"
#include "authorization/RequestSources.h"
#include "authorization/ResponseModes.h"
#include "authorization/ResponseTypes.h"
#include "authorization/RuleChain.h"
#include "authorization/SealedRequests.h"
#include "client/ClientDirectory.h"
#include "client/ClientRules.h"
#include "client/RedirectPolicy.h"
#include "login/AskedSteps.h"
#include "text/FormText.h"
#include "token/ClaimsPolicy.h"
#include "token/ResourcePolicy.h"
#include "token/TokenBindings.h"

#include <algorithm>
#include <string>
#include <vector>

namespace gatehouse::fuzz {

namespace {

/// The site's redirect URI has a query of its own.
std::vector<Client> clientsWithQuery() {
    auto made = clients();
    for (auto& client : made) {
        if (client.id == "site") {
            client.redirectUris = {"https://site.example/cb?a=b"};
        }
    }
    return made;
}

/// What a request says in `request_uri` is the request.
class Inside final : public RequestSource {
public:
    std::vector<std::string_view> parameters() const override { return {"request_uri"}; }
    Result<RequestRead, OAuthError> read(const RequestInHand& request) const override {
        auto form = parseForm(request.parameters().text("request_uri"));
        return form ? Result<RequestRead, OAuthError>(RequestRead{*std::move(form)})
                    : OAuthError::of("invalid_request_uri", "It is no request");
    }
};

/// Everything a request needs, made once.
struct Bed {
    mutable testkit::FakeHost host;
    Inside inside;
    testkit::FakeContext context;
    HintJose jose;
    ClientRules clientRules;
    ClientDirectory directory{
        host, clientRules, [] { return true; },
        [](IssuerId) { return std::make_shared<const std::vector<Client>>(clientsWithQuery()); }};
    const ClaimsPolicy claims;
    const RequestSources sources{host, {{"inside", &inside}}};
    const RuleChain rules{host, {}};
    const ResponseModes modes{host, {}};
    const ResponseTypes types{host, {}, true};
    const TokenBindings bindings{{}};
    const ResourcePolicy resources{host, {}, "", true};
    const AskedSteps askedSteps{{}, {}, {}};
    const HttpRequest http{};
    AuthorizationRequestReader reader{
        {directory, jose, claims, sources, rules, modes, types, bindings, resources, askedSteps}};
};

bool isPlain(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return c >= 0x20 && c < 0x7f && c != '"' && c != '\\'; });
}

/// The answer goes where the client registered, and says what it should.
void checkAnswer(const Context& context, const ReplyTo& replyTo, const Client& client,
                 const BrowserAnswer& answer) {
    ensure(RedirectPolicy::allows(client, replyTo.redirectUri), "the redirect URI is registered");
    if (replyTo.mode == ResponseMode::formPost) {
        ensure(answer.location.empty() && answer.page.postsTo == replyTo.redirectUri,
               "form_post shows a page that posts there");
        return;
    }
    const auto& uri = replyTo.redirectUri;
    ensure(answer.location.compare(0, uri.size(), uri) == 0 &&
               answer.location.find_first_of("?&", uri.size()) == uri.size() &&
               isPlain(answer.location),
           "the answer goes to the redirect URI");
    const auto fields = parseForm(std::string_view(answer.location).substr(uri.size() + 1));
    ensure(fields && fields->text("state") == replyTo.state, "the state is echoed exactly");
    ensure(fields->text("iss") == context.issuer.url && fields->count("iss") == 1,
           "the answer says who we are");
    ensure(fields->has("code") != fields->has("error"), "a code or an error");
}

void checkAccepted(const Context& context, const ResponseModes& modes, const Form& form,
                   const AuthorizationRequest& request) {
    const auto& client = *request.client;
    ensure(client.id == form.text("client_id"), "it is that client's request");
    ensure(form.text("response_type") == "code", "the response type is code");
    ensure(client.id == "old" || request.codeChallenge.size() == 43, "PKCE is required");
    ensure(!request.scopes.empty() && client.scopes.containsAll(request.scopes),
           "no scope that the client may not have");
    ensure(request.replyTo.state == form.text("state"), "the state is kept exactly");
    ensure(!request.prompts.none || !request.prompts.login, "prompt none stands alone");
    ensure(!request.maxAge || request.maxAge->count() >= 0, "max_age is not negative");
    ensure(!form.has("request") && !form.has("request_uri"), "no request objects");
    checkAnswer(context, request.replyTo, client,
                AuthorizationResponse(context, {}, request.replyTo, client, "en", modes)
                    .success({{"code", "c0de"}}));
}

void checkRefused(const Context& context, const ResponseModes& modes, const Refusal& refusal) {
    ensure(isPlain(refusal.error.description) && !refusal.error.description.empty(),
           "a description of the characters it may have");
    ensure(!refusal.replyTo || refusal.client, "nobody is sent anywhere for a stranger");
    if (refusal.replyTo) {
        const HttpRequest http;
        const AuthorizationResponse response(context, http, *refusal.replyTo, *refusal.client, "en",
                                             modes);
        checkAnswer(context, *refusal.replyTo, *refusal.client, response.error(refusal.error));
    }
}

/// What a client pushes is what a browser opens, and nobody else's.
void checkSealed(const Bed& bed, const Context& context, const FoundRequest& found) {
    const SealedRequests sealed(bed.host);
    Client client;
    client.id = "site";
    const auto text = sealed.seal(context, client, found);
    const auto opened = sealed.open(context, client, text);
    ensure(opened && writeForm(opened->form.fields()) == writeForm(found.form.fields()),
           "what was sealed is opened");
    client.registration = "another";
    ensure(!sealed.open(context, client, text), "for its client alone");
}

}  // namespace

void run(std::string_view input) {
    static const Bed bed;
    const Context context = bed.context;
    auto form = parseForm(input);
    if (!form) {
        return;
    }
    auto stoodFor = bed.reader.find(context, bed.http, *form);
    if (!stoodFor) {
        return checkRefused(context, bed.modes, stoodFor.error());
    }
    ensure(stoodFor->form.text("client_id") == form->text("client_id"), "it is the same client's");
    checkSealed(bed, context, *stoodFor);
    form = std::move(stoodFor->form);
    const auto request = bed.reader.read(context, bed.http, *form, {});
    if (request) {
        checkAccepted(context, bed.modes, *form, *request);
    } else {
        checkRefused(context, bed.modes, request.error());
    }
}

}  // namespace gatehouse::fuzz
