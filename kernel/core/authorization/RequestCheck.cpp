// SPDX-License-Identifier: Apache-2.0
#include "authorization/RequestCheck.h"

#include "authorization/rule/OwnRule.h"
#include "limit/RateLimiter.h"
#include "text/Contains.h"
#include "token/TokenBindings.h"

#include <algorithm>
#include <array>
#include <utility>

namespace gatehouse {

namespace {

constexpr std::size_t mostSealed = std::size_t{128} * 1024;

/// RFC 6749 section 2.3.1, RFC 7521 section 4.2: by what a client proves itself; nothing to keep.
bool isProof(const Form::Field& field) {
    constexpr std::array<std::string_view, 3> names{"client_secret", "client_assertion",
                                                    "client_assertion_type"};
    return contains(names, field.first);
}

Form namingClient(const Form& form, const Client& client) {
    auto fields = form.fields();
    fields.erase(std::remove_if(fields.begin(), fields.end(), isProof), fields.end());
    if (!form.has("client_id")) {
        fields.emplace_back("client_id", client.id);
    }
    return Form(std::move(fields));
}

}  // namespace

Result<CheckedRequest, OAuthError> RequestCheck::check(const Context& context,
                                                       const HttpRequest& http,
                                                       const AuthenticatedClient& client,
                                                       const Form& form, How how) const {
    if (const auto wait = waitOf(context, client)) {
        return OAuthError::tooMany("Too many requests, try again later", *wait);
    }
    const auto sent = namingClient(form, *client.client);
    if (sent.text("client_id") != client.client->id) {
        return *invalidRequest("The client_id is another client's");
    }
    if (how.isPromised && form.count("request_uri") != 0) {
        return *invalidRequest("What is pushed before is for a browser to bring");
    }
    auto found = how.isSigned ? Result<FoundRequest, Refusal>(FoundRequest{sent})
                              : reader_.find(context, http, sent, true);
    if (!found) {
        return found.error().error;
    }
    auto bound = bindings_.proven(context, http, *client.client, std::move(found->form));
    if (!bound) {
        return bound.error();
    }
    found->form = std::move(bound->parameters);
    auto request = how.isPromised
                       ? reader_.readPromised(context, http, found->form, std::nullopt, {}, true)
                       : reader_.read(context, http, found->form, std::nullopt, true);
    if (!request) {
        return request.error().error;
    }
    found->notes = std::move(request->notes);
    auto sealed = sealed_.seal(context, *client.client, *found);
    if (sealed.size() > mostSealed) {
        return *invalidRequest("The request is too long");
    }
    if (auto used = bindings_.use(context, bound->uses); !used) {  // now that all else is good
        return used.error();
    }
    return CheckedRequest{std::move(found->form), std::move(sealed), pagesLifetime_};
}

std::optional<seconds> RequestCheck::waitOf(const Context& context,
                                            const AuthenticatedClient& client) const {
    auto wait = limits_.request(context, host_.records(), client.client->id, client.remoteAddress);
    return wait || client.isProven
               ? wait
               : limits_.publicPush(context, host_.records(), client.remoteAddress);
}

}  // namespace gatehouse
