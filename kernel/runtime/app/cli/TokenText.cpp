// SPDX-License-Identifier: Apache-2.0
#include "app/cli/TokenText.h"

#include "app/cli/Output.h"
#include "json/Json.h"
#include "json/Members.h"

#include <algorithm>
#include <iterator>

namespace gatehouse {
namespace {

constexpr std::int64_t lastSecond = 253402300799;  // 9999-12-31

struct Meaning {
    std::string_view name;
    const char* text;
    bool isMoment = false;
};

constexpr Meaning meanings[] = {
    {"alg", "algorithm of the signature"},
    {"typ", "what it says it is"},
    {"kid", "the key that signed it"},
    {"iss", "who issued it"},
    {"sub", "whom it speaks of"},
    {"aud", "for whom it is"},
    {"exp", "expires", true},
    {"nbf", "not good before", true},
    {"iat", "issued", true},
    {"jti", "its own id"},
    {"client_id", "the client that asked for it"},
    {"azp", "the client that asked for it"},
    {"scope", "what it allows"},
    {"auth_time", "when the person proved who they are", true},
    {"acr", "how strong that proof was"},
    {"amr", "by what means (RFC 8176)"},
    {"nonce", "of the client's request"},
    {"sid", "the session it came from"},
    {"at_hash", "ties it to an access token"},
    {"c_hash", "ties it to a code"},
    {"cnf", "the key it is bound to (RFC 7800)"},
    {"updated_at", "when the person's claims changed", true},
};

const Meaning* meaningOf(std::string_view name) {
    const auto* found = std::find_if(std::begin(meanings), std::end(meanings),
                                     [&](const Meaning& meaning) { return meaning.name == name; });
    return found == std::end(meanings) ? nullptr : found;
}

std::string claimText(const Value& value) {
    return value.text() != nullptr ? *value.text() : toJson(value);
}

std::vector<std::string> rowOf(const ValueMap& members, const Member& member, TimePoint now) {
    const Meaning* meaning = meaningOf(member.name);
    const auto moment =
        meaning != nullptr && meaning->isMoment ? momentIn(members, member.name) : std::nullopt;
    const std::string text = meaning == nullptr ? "" : meaning->text;
    if (!moment) {
        return {member.name, claimText(member.value), text};
    }
    return {member.name, timeText(*moment), text + ", " + distanceText(*moment, now)};
}

std::string spanText(std::int64_t left) {
    constexpr struct {
        std::int64_t size;
        const char* name;
    } units[] = {{86400, " d"}, {3600, " h"}, {60, " min"}, {1, " s"}};
    std::string text;
    int named = 0;
    for (const auto& unit : units) {
        const auto count = left / unit.size;
        left %= unit.size;
        if (count > 0 && ++named <= 2) {
            text += (text.empty() ? "" : " ") + std::to_string(count) + unit.name;
        }
    }
    return text;
}

}  // namespace

std::string kindOfJwt(const ValueMap& header, const ValueMap& claims) {
    if (header.text("typ") == "at+jwt") {
        return "access token (JWT, RFC 9068)";
    }
    if (header.text("typ") == "logout+jwt") {
        return "logout token";
    }
    const bool isIdToken = claims.contains("auth_time") || claims.contains("nonce");
    if (header.text("typ") == "JWT" && isIdToken) {
        return "ID token";
    }
    const bool isOfItself = !claims.text("iss").empty() && claims.text("iss") == claims.text("sub");
    return isOfItself ? "client assertion (RFC 7523)" : "JSON Web Token";
}

std::vector<std::vector<std::string>> memberRows(const ValueMap& members, TimePoint now) {
    std::vector<std::vector<std::string>> rows;
    for (const auto& member : members) {
        rows.push_back(rowOf(members, member, now));
    }
    return rows;
}

std::optional<TimePoint> momentIn(const ValueMap& claims, std::string_view name) {
    const auto number = numberOf(claims, name, -1);
    return number < 0 || number > lastSecond ? std::nullopt : std::optional(fromSeconds(number));
}

std::string untimely(const ValueMap& claims, TimePoint now) {
    if (const auto ends = momentIn(claims, "exp"); ends && *ends <= now) {
        return "expired " + distanceText(*ends, now);
    }
    if (const auto begins = momentIn(claims, "nbf"); begins && *begins > now) {
        return "not good before " + timeText(*begins) + ", " + distanceText(*begins, now);
    }
    return {};
}

std::string distanceText(TimePoint moment, TimePoint now) {
    const auto left = toSeconds(moment) - toSeconds(now);
    if (left == 0) {
        return "now";
    }
    return left > 0 ? "in " + spanText(left) : spanText(-left) + " ago";
}

}  // namespace gatehouse
