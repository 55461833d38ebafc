// SPDX-License-Identifier: Apache-2.0
#include "metadata/ProfiledMetadata.h"

#include "client/ClientProfile.h"

#include <algorithm>

namespace gatehouse {

namespace {

/// A list of the document, and the client's member that one of its entries stands in.
struct Choice {
    std::string_view list;
    std::string_view member;
};

constexpr Choice choices[] = {
    {"grant_types_supported", "grant_types"},
    {"response_types_supported", "response_types"},
    {"token_endpoint_auth_methods_supported", "token_endpoint_auth_method"},
    {"introspection_endpoint_auth_methods_supported", "token_endpoint_auth_method"},
    {"revocation_endpoint_auth_methods_supported", "token_endpoint_auth_method"},
    {"token_endpoint_auth_signing_alg_values_supported", "token_endpoint_auth_signing_alg"},
    {"introspection_endpoint_auth_signing_alg_values_supported", "token_endpoint_auth_signing_alg"},
    {"revocation_endpoint_auth_signing_alg_values_supported", "token_endpoint_auth_signing_alg"},
    {"id_token_signing_alg_values_supported", "id_token_signed_response_alg"},
    {"userinfo_signing_alg_values_supported", "userinfo_signed_response_alg"},
    {"authorization_signing_alg_values_supported", "authorization_signed_response_alg"},
    {"introspection_signing_alg_values_supported", "introspection_signed_response_alg"},
    {"request_object_signing_alg_values_supported", "request_object_signing_alg"},
    {"dpop_signing_alg_values_supported", "dpop_signing_alg"},
};

/// What is left; null: nothing, and a list in this document is not empty.
Value narrowed(std::string_view profile, std::string_view member, const ValueList& entries) {
    ValueList left;
    std::copy_if(entries.begin(), entries.end(), std::back_inserter(left),
                 [&](const Value& entry) { return isAdmitted(profile, member, entry); });
    return left.empty() ? Value() : Value(std::move(left));
}

Value profiled(std::string_view profile, std::string_view name, const Value& value) {
    const auto* choice = std::find_if(std::begin(choices), std::end(choices),
                                      [&](const Choice& each) { return each.list == name; });
    return choice == std::end(choices) || value.list() == nullptr
               ? value
               : narrowed(profile, choice->member, *value.list());
}

}  // namespace

ValueMap profiledMetadata(std::string_view profile, const ValueMap& metadata) {
    if (profile.empty()) {
        return metadata;
    }
    ValueMap told;
    for (const auto& [name, value] : metadata) {
        if (auto left = profiled(profile, name, value); !left.isNull()) {
            told.set(name, std::move(left));
        }
    }
    for (const auto& settled : settledMembers(profile, {})) {
        if (told.contains(settled.member)) {  // the server says it of all its clients
            told.set(settled.member, settled.value);
        }
    }
    return told;
}

}  // namespace gatehouse
