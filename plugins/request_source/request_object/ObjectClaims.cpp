// SPDX-License-Identifier: Apache-2.0
#include "ObjectClaims.h"

#include "json/Json.h"
#include "json/NumericDate.h"
#include "text/Contains.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace gatehouse {

namespace {

/// Clocks differ: OpenID's tests ask for 8 s to be accepted and for more than 60 s to be refused.
constexpr seconds clockSkew{30};
/// For so long it is remembered at most that an object had its answer.
constexpr seconds longestOnce{86'400};
constexpr std::size_t longestId = 255;

std::string otherParty(const ValueMap& claims, const RequestInHand& request) {
    const auto& client = request.client();
    const auto& sent = request.parameters();
    if (claims.text("iss") != client.id) {
        return "iss is not the client's id";
    }
    if (claims.contains("client_id") && claims.text("client_id") != client.id) {
        return "client_id is not the one outside";
    }
    // So that it can never be taken for a client's assertion, or the other way round.
    if (claims.text("sub") == client.id) {
        return "sub is the client's id";
    }
    const bool isOtherType = sent.has("response_type") && claims.contains("response_type") &&
                             sent.text("response_type") != claims.text("response_type");
    return isOtherType ? "response_type is not the one outside" : "";
}

std::string audienceProblem(const ValueMap& claims, const Issuer& issuer) {
    const auto* audience = claims.find("aud");
    const auto isUs = [&](const Value& value) {
        return value.text() != nullptr && *value.text() == issuer.url;
    };
    const auto* list = audience == nullptr ? nullptr : audience->list();
    const bool isForUs =
        audience != nullptr &&
        (list != nullptr ? std::any_of(list->begin(), list->end(), isUs) : isUs(*audience));
    return isForUs ? "" : "aud does not hold the issuer";
}

std::string timeProblem(const ValueMap& claims, TimePoint now) {
    const auto end = numericDate(claims.find("exp"));
    if (claims.contains("exp") && (!end || fromSeconds(*end) + clockSkew <= now)) {
        return "exp is past, or no time";
    }
    for (const std::string_view name : {"nbf", "iat"}) {
        const auto begin = numericDate(claims.find(name));
        if (claims.contains(name) && (!begin || fromSeconds(*begin) > now + clockSkew)) {
            return std::string(name) + " is ahead, or no time";
        }
    }
    return {};
}

std::string lifeProblem(const ValueMap& claims, TimePoint now, seconds longestLife) {
    const auto begin = numericDate(claims.find("nbf"));
    const auto end = numericDate(claims.find("exp"));
    if (!begin || !end) {
        return "it has not both nbf and exp";
    }
    const auto most = longestLife.count();
    if (*end - *begin > most) {
        return "exp is more than longest_life behind nbf";
    }
    return toSeconds(now) - *begin > most ? "nbf is more than longest_life ago" : "";
}

/// What is no parameter of the request but a claim about the object.
bool isAboutObject(std::string_view name) {
    constexpr std::array<std::string_view, 7> claims{"iss", "aud", "exp", "nbf",
                                                     "iat", "jti", "sub"};
    return contains(claims, name);
}

/// As a query would have brought it (RFC 9101 section 4): numbers and objects as their JSON text.
void add(std::vector<Form::Field>& fields, const std::string& name, const Value& value) {
    if (value.isNull()) {
        return;
    }
    if (name == "resource" && value.list() != nullptr) {  // RFC 8707 section 2.1
        for (const auto& one : *value.list()) {
            add(fields, name, one);
        }
        return;
    }
    fields.emplace_back(name, value.text() != nullptr ? *value.text() : toJson(value));
}

}  // namespace

std::string objectProblem(const ValueMap& claims, const RequestInHand& request, TimePoint now,
                          seconds longestLife) {
    if (claims.contains("request") || claims.contains("request_uri")) {
        return "it names another request object";
    }
    auto problem = otherParty(claims, request);
    if (problem.empty()) {
        problem = audienceProblem(claims, request.context().issuer);
    }
    if (problem.empty()) {
        problem = timeProblem(claims, now);
    }
    if (problem.empty() && longestLife.count() > 0) {
        problem = lifeProblem(claims, now, longestLife);
    }
    return problem.empty() && claims.text("jti").size() > longestId ? "jti is too long" : problem;
}

RequestRead requestOf(const ValueMap& claims, const Client& client, TimePoint now) {
    std::vector<Form::Field> fields;
    for (const auto& [name, value] : claims) {
        if (!isAboutObject(name)) {
            add(fields, name, value);
        }
    }
    RequestRead read{Form(std::move(fields))};
    const auto end = numericDate(claims.find("exp"));
    if (end && !claims.text("jti").empty() && fromSeconds(*end) <= now + longestOnce) {
        read.once = client.id + '\n' + std::string(claims.text("jti"));
        read.until = fromSeconds(*end) + clockSkew;
    }
    return read;
}

}  // namespace gatehouse
