// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Value.h>
#include <gatehouse/facade/People.h>

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// What a claim's value has to be.
enum class ClaimKind { text, url, email, date, number, boolean, list, object, address };

/// A claim about people that clients can be told.
struct ClaimRule {
    std::string name;
    std::string scope;  ///< what a person allows
    ClaimKind kind = ClaimKind::text;
    std::vector<ClaimTarget> targets{ClaimTarget::userinfo};
};

/// The claims of OpenID Connect Core section 5.1 with the scopes of section 5.4.
const std::vector<ClaimRule>& standardClaims();

/// What is wrong with a value, to be read behind the claim's name: "is true or false". Empty:
/// nothing.
std::string_view claimProblem(ClaimKind kind, const Value& value);

}  // namespace gatehouse
