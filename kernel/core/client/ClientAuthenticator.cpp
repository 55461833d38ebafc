// SPDX-License-Identifier: Apache-2.0
#include "client/ClientAuthenticator.h"

#include "client/ClientDirectory.h"
#include "limit/RateLimiter.h"
#include "text/Contains.h"
#include "web/Answer.h"

#include <optional>

namespace gatehouse {

struct ClientAuthenticator::Attempt {
    ClientAuthMethod* method = nullptr;
    ClientProof proof;
};

namespace {

OAuthError refused(std::string detail) {
    return OAuthError::of(OAuthCode::invalidClient, "Client authentication failed",
                          std::move(detail));
}

/// RFC 6749 section 2.3: a client uses no more than one method in a request.
bool areTwo(const ClientProof* found, const ClientProof& proof) {
    return proof.isAmbiguous || (found != nullptr && !found->isImplied);
}

OAuthError twoMethods(const ClientProof* found, const ClientProof& proof) {
    return OAuthError::of(
        OAuthCode::invalidRequest, "More than one client authentication method was used",
        found == nullptr ? proof.malformed : found->method + " and " + proof.method);
}

std::vector<ClientAuthMethod*> methodsOf(Host& host) {
    std::vector<ClientAuthMethod*> methods;
    for (const auto& named : host.all<ClientAuthMethod>()) {
        methods.push_back(named.plugin);
    }
    return methods;
}

}  // namespace

ClientAuthenticator::ClientAuthenticator(Host& host, ClientDirectory& clients, RateLimiter& limits)
    : host_(host), clients_(clients), limits_(limits), methods_(methodsOf(host)),
      failures_(host.metrics().counter("gatehouse_client_authentication_failures_total",
                                       "Requests whose client authentication was refused")) {}

Result<AuthenticatedClient, OAuthError>
ClientAuthenticator::authenticate(const Context& context, const HttpRequest& request,
                                  const Form& form) const {
    auto attempt = attemptOf(request, form);
    if (!attempt) {
        return refuse(context, request, {}, attempt.error());
    }
    auto client = verify(context, *attempt, request, form);
    if (!client) {
        return refuse(context, request, *attempt, client.error());
    }
    if (form.has("client_id") && form.text("client_id") != client->client->id) {
        return refuse(context, request, *attempt,
                      refused("client_id in the form is not the authenticated client"));
    }
    client->remoteAddress = request.remoteAddress;
    return client;
}

Result<ClientAuthenticator::Attempt, OAuthError>
ClientAuthenticator::attemptOf(const HttpRequest& request, const Form& form) const {
    std::optional<Attempt> found;
    for (auto* method : methods_) {
        auto proof = method->find(request, form);
        if (!proof || (found && proof->isImplied)) {
            continue;
        }
        const ClientProof* before = found ? &found->proof : nullptr;
        if (areTwo(before, *proof)) {
            return twoMethods(before, *proof);
        }
        proof->endpoint = request.path;
        found = Attempt{method, *std::move(proof)};
    }
    if (!found) {
        return refused("no client authentication that is enabled was found in the request");
    }
    return *std::move(found);
}

/// Of the methods that a request implies, the one that the client is registered for.
void ClientAuthenticator::mean(std::string_view registered, Attempt& attempt,
                               const HttpRequest& request, const Form& form) const {
    for (auto* method : methods_) {
        auto proof =
            contains(method->methods(), registered) ? method->find(request, form) : std::nullopt;
        if (proof && proof->isImplied) {
            proof->method = registered;
            proof->endpoint = request.path;
            attempt = {method, *std::move(proof)};
            return;
        }
    }
}

Result<AuthenticatedClient, OAuthError> ClientAuthenticator::verify(const Context& context,
                                                                    Attempt& attempt,
                                                                    const HttpRequest& request,
                                                                    const Form& form) const {
    const ClientProof& proof = attempt.proof;
    if (!proof.malformed.empty()) {
        return refused(proof.method + ": " + proof.malformed);
    }
    auto client = clients_.find(context, proof.clientId);
    if (!client) {
        return OAuthError::from(client.error());
    }
    if (*client == nullptr) {
        return refused("no such client, or it is disabled");
    }
    if (proof.isImplied && (*client)->authMethod != proof.method) {
        mean((*client)->authMethod, attempt, request, form);
    }
    if ((*client)->authMethod != proof.method) {
        return refused("the client is registered for " + (*client)->authMethod +
                       ", the request uses " + proof.method);
    }
    auto verdict = attempt.method->verify(context, proof, **client);
    if (!verdict) {
        return OAuthError::from(verdict.error());
    }
    if (!verdict->isProven) {
        return refused(proof.method + ": " + verdict->reason);
    }
    return AuthenticatedClient{*client, (*client)->isConfidential()};
}

/// A secret is too long to be guessed and cheap to check, so it is checked first: whoever fails in
/// a client's name, from behind its own address too, cannot lock it out.
OAuthError ClientAuthenticator::refuse(const Context& context, const HttpRequest& request,
                                       const Attempt& attempt, OAuthError error) const {
    const auto& clientId = attempt.proof.clientId;
    if (error.code != OAuthCode::invalidClient) {
        host_.log().write(context, levelOf(error), "client not authenticated: " + error.detail,
                          {{"client_id", clientId}, {"error", error.code}});
        return error;
    }
    failures_.add();
    if (auto wait = limits_.waitOfClient(context.issuer.id, clientId, request.remoteAddress)) {
        return OAuthError::tooMany("Too many failed attempts, try again later", *wait,
                                   "rate limit of failed client authentication");
    }
    const auto reached =
        limits_.countClient(context, host_.records(), clientId, request.remoteAddress);
    host_.log().write(context, levelOf(error), "client authentication failed: " + error.detail,
                      {{"client_id", clientId}, {"address", request.remoteAddress}});
    Event event;
    event.type = "client.authentication_failed";
    event.clientId = clientId;
    event.remoteAddress = request.remoteAddress;
    event.details.set("reason", error.detail);
    host_.events().publish(context, event);
    if (reached) {
        event.type = "client.blocked";
        event.details = {{"limit", std::string(reached->limit)},
                         {"seconds", reached->wait.count()}};
        host_.events().publish(context, std::move(event));
    }
    return error;
}

std::vector<std::string> ClientAuthenticator::methods() const {
    std::vector<std::string> names;
    for (const auto* method : methods_) {
        for (auto name : method->methods()) {
            names.emplace_back(name);
        }
    }
    return names;
}

std::vector<std::string> ClientAuthenticator::signingAlgorithms() const {
    std::vector<std::string> names;
    for (const auto* method : methods_) {
        for (auto name : method->signingAlgorithms()) {
            names.emplace_back(name);
        }
    }
    return names;
}

}  // namespace gatehouse
