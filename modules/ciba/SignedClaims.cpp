// SPDX-License-Identifier: Apache-2.0
#include "SignedClaims.h"

#include "jose/JwtTimes.h"
#include "json/Json.h"
#include "json/Members.h"
#include "json/NumericDate.h"
#include "text/Contains.h"

#include <array>
#include <utility>
#include <vector>

namespace gatehouse {

namespace {

constexpr std::size_t longestId = 255;

std::string partyProblem(const ValueMap& claims, const Issuer& issuer, const Client& client) {
    if (claims.text("iss") != client.id) {
        return "iss is not the client's id";
    }
    // So that it can never be taken for a client's assertion, or the other way round.
    if (claims.text("sub") == client.id) {
        return "sub is the client's id";
    }
    if (claims.contains("client_id") && claims.text("client_id") != client.id) {
        return "client_id is another client's";
    }
    return contains(textsOf(claims.find("aud")), issuer.url) ? "" : "aud does not hold the issuer";
}

std::string timeProblem(const ValueMap& claims, TimePoint now) {
    const auto begin = numericDate(claims.find("nbf"));
    const auto end = numericDate(claims.find("exp"));
    if (!begin || !end || !claims.contains("iat")) {
        return "it has not all of exp, nbf and iat";
    }
    if (*end - *begin > longestSigned.count()) {
        return "exp is more than an hour behind nbf";
    }
    return JwtTimes(claims, longestSigned).problem(now);
}

bool isAboutJwt(std::string_view name) {
    constexpr std::array<std::string_view, 7> claims{"iss", "aud", "exp", "nbf",
                                                     "iat", "jti", "sub"};
    return contains(claims, name);
}

void add(std::vector<Form::Field>& fields, const std::string& name, const Value& value) {
    if (name == "resource" && value.list() != nullptr) {  // RFC 8707 section 2.1
        for (const auto& one : *value.list()) {
            fields.emplace_back(name, one.text() != nullptr ? *one.text() : toJson(one));
        }
    } else if (!value.isNull()) {
        fields.emplace_back(name, value.text() != nullptr ? *value.text() : toJson(value));
    }
}

}  // namespace

std::string signedProblem(const ValueMap& claims, const Issuer& issuer, const Client& client,
                          TimePoint now) {
    if (claims.contains("request") || claims.contains("request_uri")) {
        return "it names another request";
    }
    const auto id = claims.text("jti");
    if (id.empty() || id.size() > longestId) {
        return "jti is missing or too long";
    }
    auto problem = partyProblem(claims, issuer, client);
    return problem.empty() ? timeProblem(claims, now) : problem;
}

Form parametersOf(const ValueMap& claims) {
    std::vector<Form::Field> fields;
    for (const auto& [name, value] : claims) {
        if (!isAboutJwt(name)) {
            add(fields, name, value);
        }
    }
    return Form(std::move(fields));
}

}  // namespace gatehouse
