// SPDX-License-Identifier: Apache-2.0
#include "Metadata.h"

#include "Refusal.h"
#include "json/Json.h"
#include "json/Members.h"
#include "text/Contains.h"
#include "text/DisplayName.h"
#include "text/Lower.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace gatehouse {

namespace {

/// Clients are kept in memory, thousands of them.
constexpr std::size_t longestBody = std::size_t{16} * 1024;
constexpr std::size_t mostNamed = 10;
constexpr std::size_t longestNamed = 40;

/// Members that this module reads itself (RFC 7591 section 2.3, RFC 7592 section 2.2).
constexpr std::string_view known[] = {"client_id", "client_secret", "software_statement"};

bool isJson(const HttpRequest& request) {
    constexpr std::string_view json = "application/json";
    const auto type = lowered(request.header("content-type"));
    return type.substr(0, json.size()) == json &&
           (type.size() == json.size() || type[json.size()] == ';' || type[json.size()] == ' ');
}

void logUnknown(Host& host, const Context& context, const ValueMap& unknown) {
    if (unknown.empty()) {
        return;
    }
    ValueList names;
    for (const auto& member : unknown) {
        if (names.size() < mostNamed) {
            names.emplace_back(member.name.substr(0, longestNamed));
        }
    }
    host.log().write(
        context, Level::info, "metadata that a client cannot have are ignored",
        {{"members", std::move(names)}, {"number", static_cast<std::int64_t>(unknown.size())}});
}

/// In whatever language.
std::string nameProblem(std::string_view member, const Value& value) {
    const bool isName = member.substr(0, member.find('#')) == "client_name";
    return isName && value.text() != nullptr ? displayNameProblem(*value.text()) : "";
}

}  // namespace

Result<ValueMap, OAuthError> readBody(const HttpRequest& request) {
    if (!isJson(request)) {
        return invalidMetadata("The content type must be application/json");
    }
    if (request.body.size() > longestBody) {
        return invalidMetadata("The metadata are too long");
    }
    auto body = parseJson(request.body);
    if (!body || body->map() == nullptr) {
        return invalidMetadata("The metadata are not a JSON object");
    }
    return std::move(*body->map());
}

Result<ValueMap, OAuthError> ownWordsOf(Host& host, const Clients& clients, const Context& context,
                                        const ValueMap& body) {
    if (body.contains("jwks") && body.contains("jwks_uri")) {  // RFC 7591 section 2
        return invalidMetadata("jwks and jwks_uri exclude each other");
    }
    ValueMap words;
    ValueMap unknown;
    for (const auto& [name, value] : body) {
        if (value.isNull() || contains(known, name)) {
            continue;
        }
        if (!clients.isOwnWord(name)) {
            unknown.set(name, {});
            continue;
        }
        if (const auto problem = nameProblem(name, value); !problem.empty()) {
            return invalidMetadata("client_name " + problem);
        }
        words.set(name, value);
    }
    logUnknown(host, context, unknown);
    return words;
}

Status checkResponseTypes(const ValueMap& words) {
    const auto* types = words.find("response_types");
    if (types == nullptr) {
        return done();
    }
    const auto grants = textsOf(words.find("grant_types"));
    const bool hasGrant = grants.empty() || contains(grants, "authorization_code");
    const auto texts = textsOf(types);
    const bool hasCode = std::any_of(texts.begin(), texts.end(), [](const std::string& type) {
        return (" " + type + " ").find(" code ") != std::string::npos;
    });
    return hasCode == hasGrant
               ? done()
               : Error::badInput("response_types: code and the grant authorization_code go "
                                 "together, or are both absent");
}

}  // namespace gatehouse
