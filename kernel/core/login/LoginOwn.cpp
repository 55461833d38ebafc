// SPDX-License-Identifier: Apache-2.0
#include "login/LoginFlow.h"
#include "text/FormText.h"
#include "text/WebHost.h"

#include <charconv>
#include <memory>
#include <utility>

// What LoginFlow does for pages of the server's own, which demand a login, and nothing else. The
// form of such a request is made here, and sealed like any other while pages are shown; no client
// and no browser writes one.

namespace gatehouse {

namespace {

constexpr const char* returnPath = "return_path";
constexpr const char* maxAge = "max_age";
constexpr const char* person = "sub";

/// Stands for the server where pages, plans and events look at a client. It has no id, so that no
/// condition by client is about it.
std::shared_ptr<const Client> itself(const Issuer& issuer) {
    constexpr std::string_view separator = "://";
    const std::string_view origin = issuer.origin();
    auto client = std::make_shared<Client>();
    client->name = splitAuthority(origin.substr(origin.find(separator) + separator.size())).first;
    client->metadata = {{"consent", "implicit"}};
    return client;
}

std::optional<seconds> ageIn(std::string_view text) {
    std::int64_t age = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), age);
    return text.empty() || read.ec != std::errc() ? std::nullopt : std::optional(seconds{age});
}

}  // namespace

std::optional<BrowserAnswer> LoginFlow::signIn(const Context& context, const HttpRequest& http,
                                               const SignInDemand& demand,
                                               std::string_view path) const {
    FoundRequest came;
    came.kept.isOwn = true;
    came.form = Form({{returnPath, std::string(path)},
                      {maxAge, demand.maxAge ? std::to_string(demand.maxAge->count()) : ""},
                      {"acr_values", demand.acr}});
    auto visit = read(context, http, std::move(came), {});
    if (!visit) {
        return visit.error();
    }
    askForUsed(*visit);
    const auto decision = decide(*visit);
    if (!decision) {
        return fail(*visit, decision.error());
    }
    return decision->next == Decision::Next::answer ? std::nullopt
                                                    : std::optional(follow(*visit, *decision));
}

/// The page is about who is signed in, and nobody else.
void LoginFlow::askForUsed(Visit& visit) {
    if (!visit.here.who) {
        return;
    }
    auto fields = visit.came.form.fields();
    fields.emplace_back(person, visit.here.who->session.subject.sub);
    fields.emplace_back("login_hint", visit.here.who->person.login);
    visit.came.form = Form(std::move(fields));
    visit.request.subject = visit.here.who->session.subject.sub;
}

Result<AuthorizationRequest, Refusal> LoginFlow::ownRequest(const Context& context,
                                                            const Form& form) {
    AuthorizationRequest request;
    request.client = itself(context.issuer);
    request.returnPath = form.text(returnPath);
    request.maxAge = ageIn(form.text(maxAge));
    request.acrValues = form.text("acr_values");
    request.subject = form.text(person);
    request.loginHint = form.text("login_hint");
    request.scopes = {"openid"};
    return request;
}

/// A page of the server's own wants it as far as this person can prove more.
Result<std::string> LoginFlow::wantedAcr(const Visit& visit) const {
    auto wanted = steps_.reachable().wanted(visit.request);
    if (!isOwn(visit) || !visit.here.who || wanted.empty()) {
        return wanted;
    }
    Interaction raised;
    raise(raised, visit.here.who->session);
    const auto canGoOn = steps_.canGoOn({visit.context, visit.http, visit.request, raised});
    if (!canGoOn) {
        return canGoOn.error();
    }
    return *canGoOn ? std::move(wanted) : std::string();
}

BrowserAnswer LoginFlow::success(const Visit& visit, std::vector<Form::Field> parameters) const {
    return isOwn(visit) ? goBack(visit, {}) : responseTo(visit).success(std::move(parameters));
}

BrowserAnswer LoginFlow::goBack(const Visit& visit, std::string_view error) {
    const auto page = visit.context.issuer.path + visit.request.returnPath;
    return BrowserAnswer::goTo(
        error.empty() ? page : withQuery(page, std::string("error=").append(error)));
}

}  // namespace gatehouse
