// SPDX-License-Identifier: Apache-2.0
// What a client says when it has a person asked: the claims of a signed request, as JSON.
#include "AuthenticationRequest.h"
#include "CibaMembers.h"
#include "Fuzz.h"
#include "SignedClaims.h"
#include "json/Json.h"

#include <chrono>
#include <string>

namespace gatehouse::fuzz {

void run(std::string_view input) {
    const auto value = parseJson(input);
    if (!value || value->map() == nullptr) {
        return;
    }
    Client client;
    client.id = "shop";
    client.metadata.set(modeMember, "ping");
    const Issuer issuer{1, "https://id.example", ""};
    const auto& claims = *value->map();
    if (signedProblem(claims, issuer, client, TimePoint{std::chrono::seconds{1'700'000'000}})
            .empty()) {
        ensure(claims.text("iss") == "shop", "it is the client's");
        ensure(!claims.text("jti").empty(), "it is good once");
    }
    const auto request = AuthenticationRequest::read(parametersOf(claims), client);
    if (!request) {
        ensure(isErrorText(request.error().description), "what is told can be told");
        return;
    }
    ensure(request->loginHint.empty() != request->idTokenHint.empty(), "one hint is there");
    ensure(request->bindingMessage.size() <= 100, "a message is short");
    ensure(!request->wishedLifetime || request->wishedLifetime->count() > 0, "time goes on");
    const auto token = request->notificationToken.view();
    ensure(!token.empty() && token.find_first_of("\r\n \t") == std::string_view::npos,
           "a token fits in a header");
    ensure(request->parameters.text("prompt") == "consent", "who is asked is asked");
    ensure(!request->parameters.has("client_notification_token"), "secrets go no further");
}

}  // namespace gatehouse::fuzz
