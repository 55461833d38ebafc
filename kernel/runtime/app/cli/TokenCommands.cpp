// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/point/KeyStore.h>

#include "Services.h"
#include "app/cli/Command.h"
#include "app/cli/FileText.h"
#include "app/cli/Offline.h"
#include "app/cli/Output.h"
#include "app/cli/SecondOpinion.h"
#include "app/cli/TokenText.h"
#include "jose/CompactJws.h"
#include "json/Json.h"
#include "json/Members.h"
#include "token/FamilyBook.h"
#include "token/TokenInspector.h"

namespace gatehouse {
namespace {

/// What can be said of a text.
struct Finding {
    std::string kind = "unknown";
    bool isGenuine = false;
    bool isGood = false;  ///< genuine, and would be taken now
    std::string signature;  ///< of a JWT: what we and Poco::JWT say of it
    Opinion opinion = Opinion::none;
    std::string state;
    ValueMap header;
    ValueMap claims;
};

const char* nameOf(Opinion opinion) {
    switch (opinion) {
    case Opinion::genuine: return "genuine";
    case Opinion::notGenuine: return "not genuine";
    case Opinion::none: break;
    }
    return "none";
}

bool isDisputed(const Finding& finding) {
    return finding.opinion != Opinion::none &&
           finding.isGenuine != (finding.opinion == Opinion::genuine);
}

std::string signatureText(const Finding& finding) {
    std::string text = finding.isGenuine ? "genuine" : "not genuine";
    if (finding.opinion == Opinion::none) {
        return text + "; no second opinion: Poco::JWT gives one on RS256, ES256 and HS256, by a "
                      "key of this server";
    }
    return text + (isDisputed(finding) ? "; POCO::JWT DISAGREES" : "; Poco::JWT agrees");
}

/// Poco::JWT's word on the signature: by the published key that the token names, or, as it names
/// none, by ours for HS256.
Opinion opinionOn(const Offline& offline, const Finding& finding, const std::string& text) {
    const std::string algorithm(finding.header.text("alg"));
    if (algorithm == "HS256" && !finding.header.contains("kid")) {
        return secondOpinion(offline.hs256Key(), text);
    }
    for (const auto& key : valueOrFail(offline.core().keys().publicKeys(offline.context()))) {
        if (key.id == finding.header.text("kid")) {
            return secondOpinion(key.jwk, algorithm, text);
        }
    }
    return Opinion::none;
}

/// Access tokens are asked about as introspection would; for others their time is all there is.
void judge(const Offline& offline, const std::string& text, Finding& finding) {
    const TimePoint now = offline.core().host().clock().now();
    finding.state = untimely(finding.claims, now);
    if (finding.state.empty() && finding.header.text("typ") == "at+jwt" &&
        valueOrFail(offline.core().inspector().inspect(offline.context(), text)) == nullptr) {
        finding.state = "not taken: revoked, or its client is gone or changed";
    }
    if (finding.state.empty()) {
        finding.isGood = true;
        const auto ends = momentIn(finding.claims, "exp");
        finding.state = ends ? "good, expires " + distanceText(*ends, now) : "good, never expires";
    }
}

Finding findingOfJwt(const Offline& offline, const CompactJws& jws, const std::string& text) {
    Finding finding;
    finding.header = jws.header;
    const auto payload = parseJson(jws.payload);
    if (payload && payload->map() != nullptr) {
        finding.claims = *payload->map();
    }
    finding.kind = kindOfJwt(finding.header, finding.claims);
    finding.isGenuine =
        valueOrFail(offline.core().host().jose().verify(offline.context(), text)).has_value();
    finding.opinion = opinionOn(offline, finding, text);
    finding.signature = signatureText(finding);
    if (finding.isGenuine) {
        judge(offline, text, finding);
    } else {
        finding.state = "not a token of " + offline.context().issuer.url;
    }
    return finding;
}

ValueMap claimsOf(const TokenClaim& token) {
    ValueMap claims{{"jti", token.id},
                    {"client_id", token.clientId},
                    {"sub", token.subject.sub},
                    {"aud", listOfTexts(token.audience)},
                    {"scope", token.scopes.text()},
                    {"iat", toSeconds(token.issuedAt)},
                    {"exp", toSeconds(token.expires)}};
    return claims;
}

std::optional<Finding> storedAccessToken(const Offline& offline, const std::string& text) {
    const auto token = valueOrFail(offline.core().inspector().inspect(offline.context(), text));
    if (token == nullptr) {
        return std::nullopt;
    }
    Finding finding;
    finding.kind = "access token (opaque)";
    finding.isGenuine = true;
    finding.isGood = true;
    finding.claims = claimsOf(*token);
    finding.state =
        "good, expires " + distanceText(token->expires, offline.core().host().clock().now());
    return finding;
}

std::optional<Finding> refreshToken(const Offline& offline, const std::string& text) {
    const auto token = valueOrFail(offline.core().families().read(offline.context(), text));
    if (!token) {
        return std::nullopt;
    }
    const auto& given = token->family.authorization;
    Finding finding;
    finding.kind = "refresh token";
    finding.isGenuine = true;
    finding.isGood = token->generation == token->family.generation;
    finding.claims = ValueMap{
        {"client_id", given.clientId}, {"sub", given.subject.sub}, {"scope", given.scopes.text()}};
    if (token->family.expires != never) {
        finding.claims.set("exp", toSeconds(token->family.expires));
    }
    const std::string place =
        std::to_string(token->generation) + " of " + std::to_string(token->family.generation);
    finding.state = (finding.isGood ? "good, number " : "replaced by a newer one: number ") + place;
    return finding;
}

Finding findingOf(const Offline& offline, const std::string& text) {
    if (const auto jws = parseJws(text)) {
        return findingOfJwt(offline, *jws, text);
    }
    if (auto found = storedAccessToken(offline, text)) {
        return *std::move(found);
    }
    if (auto found = refreshToken(offline, text)) {
        return *std::move(found);
    }
    Finding nothing;
    nothing.state =
        "no JWT, and nothing is stored under it: used up, expired, revoked, or not of " +
        offline.context().issuer.url;
    return nothing;
}

void print(const Finding& finding, TimePoint now) {
    printLine(finding.kind + ": " + finding.state);
    if (!finding.signature.empty()) {
        printLine("signature: " + finding.signature);
    }
    for (const auto& [head, members] :
         {std::pair("HEADER", &finding.header), std::pair("CLAIM", &finding.claims)}) {
        if (!members->empty()) {
            printLine("");
            printTable({head, "VALUE", "MEANING"}, memberRows(*members, now));
        }
    }
}

ValueMap described(const Finding& finding) {
    return {{"kind", finding.kind},
            {"genuine", finding.isGenuine},
            {"second_opinion", nameOf(finding.opinion)},
            {"good", finding.isGood},
            {"state", finding.state},
            {"header", finding.header},
            {"claims", finding.claims}};
}

int show(const Arguments& arguments) {
    const auto& given = arguments.positional.front();
    const std::string text = given == "-" ? std::string(readStandardInputLine().view()) : given;
    const Offline offline(arguments);
    const Finding finding = findingOf(offline, text);
    if (arguments.has("json")) {
        printJson(described(finding));
    } else {
        print(finding, offline.core().host().clock().now());
    }
    return finding.isGood && !isDisputed(finding) ? ExitCode::done : ExitCode::failed;
}

}  // namespace

std::vector<Command> tokenCommands() {
    return {
        {"token show",
         "TEXT",
         "explain a token, and say whether it is genuine and good",
         "A JWT is verified twice: by the server's own code and, for RS256, ES256 "
         "and HS256, by Poco::JWT.\n"
         "TEXT is - for one line of standard input, which nobody sees in the list of processes.\n"
         "Ends with 0 for a token that would be taken now, with 1 for any other.",
         {},
         "gatehouse token show - <token.txt",
         show},
    };
}

}  // namespace gatehouse
