// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Http.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/Result.h>
#include <gatehouse/Web.h>
#include <gatehouse/facade/Clients.h>
#include <gatehouse/facade/Tokens.h>

#include <string>
#include <string_view>
#include <utility>

namespace gatehouse {

/// What endpoints that clients send a form to have in common (RFC 6749 section 3.2). Threads: any.
class ClientEndpoint {
public:
    /// `what` is asked for here, for the log: "token request".
    ClientEndpoint(Host& host, std::string_view what)
        : host_(host), clients_(host.one<Clients>()), tokens_(host.one<Tokens>()),
          what_(std::string(what) + " refused: ") {}

    /// `give(client, form)` makes the answer to a client that was authenticated, or says with an
    /// OAuthError why there is none.
    template <class Give>
    HttpResponse answer(const Context& context, const HttpRequest& request,
                        const Give& give) const {
        const auto form = host_.web().form(request);
        if (!form) {
            return refuse(context, request, form.error(), {});
        }
        const auto client = clients_.authenticate(context, request, *form);
        if (!client) {
            return host_.web().error(client.error(), request);
        }
        Result<HttpResponse, OAuthError> answer = give(*client, *form);
        if (!answer) {
            return refuse(context, request, answer.error(), client->client->id);
        }
        for (auto& field : tokens_.fields(context, request)) {
            answer->headers.push_back(std::move(field));
        }
        return *std::move(answer);
    }

private:
    /// Says in the log, under the request id the client was given, what the answer may not say.
    HttpResponse refuse(const Context& context, const HttpRequest& request, const OAuthError& error,
                        std::string_view clientId) const {
        const auto& why = error.detail.empty() ? error.description : error.detail;
        host_.log().write(context, levelOf(error), what_ + why,
                          {{"client_id", clientId}, {"error", error.code}});
        return host_.web().error(error, request);
    }

    Host& host_;
    const Clients& clients_;
    const Tokens& tokens_;
    const std::string what_;
};

}  // namespace gatehouse
