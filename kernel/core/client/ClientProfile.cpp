// SPDX-License-Identifier: Apache-2.0
#include "client/ClientProfile.h"

#include "json/Json.h"
#include "text/Contains.h"

#include <algorithm>
#include <charconv>
#include <limits>

namespace gatehouse {

namespace {

using Test = bool (*)(std::string_view value);

/// What a profile demands of one member, of each entry if it is a list.
struct Demand {
    std::string_view member;
    Test isGood;
    const char* wanted;
    const char* source;
    const char* settled = nullptr;  ///< what holds for who says nothing: JSON, or else a text;
                                    ///< nullptr: nothing does
    bool mayBeAbsent = true;
    std::string_view otherwise = {};  ///< a member that will do in its place
};

bool isHttpsOrLoopback(std::string_view uri) {
    return uri.rfind("https://", 0) == 0 || uri.rfind("http://127.0.0.1", 0) == 0 ||
           uri.rfind("http://[::1]", 0) == 0;
}

bool isNotLocalhost(std::string_view uri) {
    return uri.rfind("http://localhost", 0) != 0;
}

bool isRequired(std::string_view value) {
    return value == "required";
}

bool isTrue(std::string_view value) {
    return value == "true";
}

bool isFalse(std::string_view value) {
    return value == "false";
}

bool isFlag(std::string_view value) {
    return isTrue(value) || isFalse(value);
}

bool isCode(std::string_view value) {
    return value == "code";
}

bool isNoImplicit(std::string_view value) {
    return value != "implicit" && value != "password";
}

bool isKeyed(std::string_view method) {
    return method == "private_key_jwt" || method == "tls_client_auth" ||
           method == "self_signed_tls_client_auth";
}

constexpr std::string_view fapiAlgorithms[] = {"PS256", "ES256", "EdDSA"};

bool isFapiAlgorithm(std::string_view algorithm) {
    return contains(fapiAlgorithms, algorithm);
}

bool isIssuer(std::string_view audience) {
    return audience == "issuer";
}

template <int most> bool isAtMost(std::string_view value) {
    int number = std::numeric_limits<int>::max();
    std::from_chars(value.data(), value.data() + value.size(), number);
    return number <= most;
}

/// Stands for the first of these algorithms that the server has a key for.
constexpr const char* byOurKeys = "";

constexpr const char* aboutMcp = "Model Context Protocol, Authorization";
/// Its clients listen on localhost too, each time at another port.
constexpr Demand mcp[] = {
    {"pkce", isRequired, "required", aboutMcp, "required"},
    {"response_types", isCode, "code alone", aboutMcp, R"(["code"])"},
    {"grant_types", isNoImplicit, "neither implicit nor password", aboutMcp},
    {"any_localhost_port", isFlag, "true or false", aboutMcp, "true"},
};

constexpr Demand oauth21[] = {
    {"pkce", isRequired, "required", "RFC 9700 section 2.1.1", "required"},
    {"response_types", isCode, "code alone", "RFC 9700 section 2.1.2", R"(["code"])"},
    {"grant_types", isNoImplicit, "neither implicit nor password", "RFC 9700 section 2.4"},
    {"redirect_uris", isNotLocalhost, "a loopback address in place of localhost",
     "RFC 8252 section 8.3"},
    {"any_localhost_port", isFalse, "a loopback address in place of localhost",
     "RFC 8252 section 8.3"},
    {"any_app_scheme", isFalse, "a scheme that is a reversed domain name", "RFC 8252 section 7.1"},
};

constexpr const char* algorithms = "PS256, ES256 or EdDSA";
constexpr const char* anyOfThem = R"(["PS256", "ES256", "EdDSA"])";
constexpr const char* aboutAlgorithms = "FAPI 2.0 Security Profile section 5.4.1";
constexpr const char* aboutServers = "FAPI 2.0 Security Profile section 5.3.2.1";
constexpr const char* aboutCodes = "FAPI 2.0 Security Profile section 5.3.2.2";
constexpr Demand fapi2[] = {
    {"token_endpoint_auth_method", isKeyed, "private_key_jwt or mutual TLS", aboutServers, nullptr,
     false},
    {"pkce", isRequired, "required", aboutCodes, "required"},
    {"response_types", isCode, "code alone", aboutCodes, R"(["code"])"},
    {"grant_types", isNoImplicit, "neither implicit nor password", aboutServers},
    {"redirect_uris", isHttpsOrLoopback, "https", aboutCodes},
    {"require_pushed_authorization_requests", isTrue, "true", aboutCodes, "true", false},
    {"dpop_bound_access_tokens", isTrue, "true, for tokens that are bound to a key", aboutServers,
     "true", false, "tls_client_certificate_bound_access_tokens"},
    {"authorization_code_ttl_secs", isAtMost<60>, "60 at most", aboutCodes},
    {"refresh_token_rotation", isFalse, "false", aboutServers, "false"},
    {"client_assertion_audience", isIssuer, "issuer", aboutServers, "issuer"},
    {"id_token_signed_response_alg", isFapiAlgorithm, algorithms, aboutAlgorithms, byOurKeys},
    {"authorization_signed_response_alg", isFapiAlgorithm, algorithms, aboutAlgorithms, byOurKeys},
    {"userinfo_signed_response_alg", isFapiAlgorithm, algorithms, aboutAlgorithms},
    {"introspection_signed_response_alg", isFapiAlgorithm, algorithms, aboutAlgorithms, byOurKeys},
    {"access_token_signed_response_alg", isFapiAlgorithm, algorithms, aboutAlgorithms, byOurKeys},
    {"token_endpoint_auth_signing_alg", isFapiAlgorithm, algorithms, aboutAlgorithms, anyOfThem},
    {"request_object_signing_alg", isFapiAlgorithm, algorithms, aboutAlgorithms, anyOfThem},
    {"dpop_signing_alg", isFapiAlgorithm, algorithms, aboutAlgorithms, anyOfThem},
};

constexpr const char* aboutRequests = "FAPI 2.0 Message Signing section 5.3.1";
/// Beside what fapi2 demands.
constexpr Demand messageSigning[] = {
    {"require_signed_request_object", isTrue, "true", aboutRequests, "true", false},
    {"request_object_longest_life_secs", isAtMost<3600>, "3600 at most", aboutRequests, "3600",
     false},
};

using Demands = std::vector<Demand>;

template <std::size_t size> void append(Demands& all, const Demand (&more)[size]) {
    all.insert(all.end(), std::begin(more), std::end(more));
}

Demands demandsOf(std::string_view profile) {
    Demands all;
    if (profile == "mcp") {
        append(all, mcp);
    } else if (profile == "oauth2.1") {
        append(all, oauth21);
    } else {
        append(all, fapi2);
    }
    if (profile == "fapi2_message_signing") {
        append(all, messageSigning);
    }
    return all;
}

std::string textOf(const Value& value) {
    return value.text() != nullptr ? *value.text() : toJson(value);
}

void hold(const Demand& demand, const Value& value, std::vector<std::string>& problems) {
    const std::string text = textOf(value);
    if (!demand.isGood(text)) {
        problems.push_back(std::string(demand.member) + ": " + text + ", and " + demand.source +
                           " wants " + demand.wanted);
    }
}

const Value* valueOf(const std::vector<PolicyLine>& policy, std::string_view member) {
    const auto line = std::find_if(policy.begin(), policy.end(),
                                   [&](const PolicyLine& each) { return each.member == member; });
    return line == policy.end() ? nullptr : &line->value;
}

void hold(const Demand& demand, const std::vector<PolicyLine>& policy,
          std::vector<std::string>& problems) {
    const Value* value = valueOf(policy, demand.member);
    const Value* instead = valueOf(policy, demand.otherwise);
    if (instead != nullptr && demand.isGood(textOf(*instead))) {
        return;
    }
    if (value == nullptr && !demand.mayBeAbsent) {
        problems.push_back(std::string(demand.member) + ": not there, and " + demand.source +
                           " wants " + demand.wanted);
    } else if (value != nullptr && value->list() == nullptr) {
        hold(demand, *value, problems);
    } else if (value != nullptr) {
        for (const Value& entry : *value->list()) {
            hold(demand, entry, problems);
        }
    }
}

/// `signing`: none when it is not known. Null: there is no key for any.
Value signedBy(const std::vector<std::string_view>& signing) {
    const auto* found = std::find_if(std::begin(fapiAlgorithms), std::end(fapiAlgorithms),
                                     [&](std::string_view algorithm) {
                                         return signing.empty() || contains(signing, algorithm);
                                     });
    return found == std::end(fapiAlgorithms) ? Value() : Value(std::string(*found));
}

Value settledBy(const Demand& demand, const std::vector<std::string_view>& signing) {
    return demand.settled == byOurKeys
               ? signedBy(signing)
               : parseJson(demand.settled).value_or(Value(std::string(demand.settled)));
}

}  // namespace

std::vector<std::string> clientProfiles() {
    return {"mcp", "oauth2.1", "fapi2", "fapi2_message_signing"};
}

std::string_view stricterProfile(std::string_view one, std::string_view other) {
    const auto all = clientProfiles();
    const auto rank = [&](std::string_view profile) {
        return (std::find(all.begin(), all.end(), profile) - all.begin() + 1) %
               static_cast<std::ptrdiff_t>(all.size() + 1);
    };
    return rank(one) < rank(other) ? other : one;
}

std::vector<SettledMember> settledMembers(std::string_view profile,
                                          const std::vector<std::string_view>& signing) {
    std::vector<SettledMember> members;
    for (const Demand& demand : demandsOf(profile)) {
        auto value = demand.settled == nullptr ? Value() : settledBy(demand, signing);
        if (!value.isNull()) {
            members.push_back(
                {demand.member, std::move(value), demand.otherwise, !demand.mayBeAbsent});
        }
    }
    return members;
}

bool isAdmitted(std::string_view profile, std::string_view member, const Value& value) {
    const auto demands = demandsOf(profile);
    return std::all_of(demands.begin(), demands.end(), [&](const Demand& demand) {
        return demand.member != member || demand.isGood(textOf(value));
    });
}

std::vector<std::string> profileProblems(std::string_view profile,
                                         const std::vector<PolicyLine>& policy) {
    std::vector<std::string> problems;
    for (const Demand& demand : demandsOf(profile)) {
        hold(demand, policy, problems);
    }
    return problems;
}

}  // namespace gatehouse
