// SPDX-License-Identifier: Apache-2.0
#include "client/ClientProfile.h"

#include "json/Json.h"

#include <algorithm>

namespace gatehouse {

namespace {

using Test = bool (*)(std::string_view value);

/// What a profile demands of one member, of each entry if it is a list.
struct Demand {
    std::string_view member;
    Test isGood;
    const char* wanted;
    const char* source;
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

bool isFapiAlgorithm(std::string_view algorithm) {
    return algorithm == "PS256" || algorithm == "ES256" || algorithm == "EdDSA";
}

constexpr Demand oauth21[] = {
    {"pkce", isRequired, "required", "RFC 9700 section 2.1.1"},
    {"response_types", isCode, "code alone", "RFC 9700 section 2.1.2"},
    {"grant_types", isNoImplicit, "neither implicit nor password", "RFC 9700 section 2.4"},
    {"redirect_uris", isNotLocalhost, "a loopback address in place of localhost",
     "RFC 8252 section 8.3"},
    {"any_localhost_port", isFalse, "a loopback address in place of localhost",
     "RFC 8252 section 8.3"},
    {"any_app_scheme", isFalse, "a scheme that is a reversed domain name", "RFC 8252 section 7.1"},
};

constexpr const char* algorithms = "PS256, ES256 or EdDSA";
constexpr const char* aboutAlgorithms = "FAPI 2.0 Security Profile section 5.4.1";
constexpr Demand fapi2[] = {
    {"token_endpoint_auth_method", isKeyed, "private_key_jwt or mutual TLS",
     "FAPI 2.0 Security Profile section 5.3.2.1", false},
    {"pkce", isRequired, "required", "FAPI 2.0 Security Profile section 5.3.2.2"},
    {"response_types", isCode, "code alone", "FAPI 2.0 Security Profile section 5.3.2.2"},
    {"grant_types", isNoImplicit, "neither implicit nor password",
     "FAPI 2.0 Security Profile section 5.3.2.1"},
    {"redirect_uris", isHttpsOrLoopback, "https", "FAPI 2.0 Security Profile section 5.3.2.2"},
    {"require_pushed_authorization_requests", isTrue, "true",
     "FAPI 2.0 Security Profile section 5.3.2.2", false},
    {"dpop_bound_access_tokens", isTrue, "true, for tokens that are bound to a key",
     "FAPI 2.0 Security Profile section 5.3.2.1", false,
     "tls_client_certificate_bound_access_tokens"},
    {"id_token_signed_response_alg", isFapiAlgorithm, algorithms, aboutAlgorithms},
    {"userinfo_signed_response_alg", isFapiAlgorithm, algorithms, aboutAlgorithms},
    {"access_token_signed_response_alg", isFapiAlgorithm, algorithms, aboutAlgorithms},
    {"token_endpoint_auth_signing_alg", isFapiAlgorithm, algorithms, aboutAlgorithms},
    {"request_object_signing_alg", isFapiAlgorithm, algorithms, aboutAlgorithms},
};

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

template <std::size_t size>
std::vector<std::string> held(const Demand (&demands)[size],
                              const std::vector<PolicyLine>& policy) {
    std::vector<std::string> problems;
    for (const Demand& demand : demands) {
        hold(demand, policy, problems);
    }
    return problems;
}

}  // namespace

std::vector<std::string> clientProfiles() {
    return {"oauth2.1", "fapi2"};
}

std::vector<std::string> profileProblems(std::string_view profile,
                                         const std::vector<PolicyLine>& policy) {
    return profile == "fapi2" ? held(fapi2, policy) : held(oauth21, policy);
}

}  // namespace gatehouse
