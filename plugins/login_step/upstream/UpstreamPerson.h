// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Value.h>

#include "UpstreamSettings.h"

#include <optional>
#include <string>

namespace gatehouse {

/// Somebody as a provider tells of them, as far as that is fit to be shown and kept.
struct UpstreamPerson {
    std::string sub;  ///< never empty
    std::string login;
    std::string name;
    std::string email;
    bool isEmailVerified = false;

    /// nullopt: it does not say who it is.
    static std::optional<UpstreamPerson> in(const ValueMap& told, const UpstreamSettings& settings);
};

/// Does `told` say all of this? Of a list, one of its texts.
bool saysAll(const ValueMap& told, const ValueMap& wanted);

/// The one of a list of {email, primary, verified} that is the person's first, and verified; empty:
/// there is none.
std::string primaryEmail(const Value& list);

/// Something before an @ and after it, in letters that are seen.
bool isEmailAddress(std::string_view text);

}  // namespace gatehouse
