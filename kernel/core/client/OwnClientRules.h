// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Result.h>
#include <gatehouse/Value.h>

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Members of client metadata that the server itself understands, and when each is admitted.
struct OwnClientRule {
    const char* specification;
    std::vector<std::string_view> members;
    /// `client` is what is made of the metadata. nullptr: the member is kept as it is.
    Status (*admit)(std::string_view member, const ValueMap& metadata, const Client& client);

    /// Members that no specification has are the operator's to decide.
    bool isOperators() const noexcept { return specification == std::string_view("Gatehouse"); }
};

/// All there are, by specification.
const std::vector<OwnClientRule>& ownClientRules();

/// The rule of this member.
const OwnClientRule* ownClientRule(std::string_view member);

/// Whose text in a language this is (RFC 7591 section 2.2): "client_name" for "client_name#de".
/// Empty: it is none, or of a member that people are not shown.
std::string_view localizedMember(std::string_view member);

/// The `access_token_format` of a new or changed client, when it has one: one of the configured
/// instances of token_format plugins, or any where there are none. What is stored is taken as it
/// is.
Status checkClientTokenFormat(const Client& client, const std::vector<std::string>& instances);

/// The `subject_type` of a new or changed client, when it has one: one of `types`.
Status checkClientSubjectType(const Client& client, const std::vector<std::string>& types);

}  // namespace gatehouse
