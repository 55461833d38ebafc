// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Config.h>
#include <gatehouse/Result.h>

#include "Narrowing.h"
#include "Schema.h"
#include "Wording.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// A type of authorization details (RFC 9396 section 2), as the operator describes it.
struct DetailType {
    Wording title;
    Wording text;  ///< with {members}; may be empty
    std::map<std::string, Wording> labels;  ///< of members, by path
    std::map<std::string, Wording> values;  ///< what texts that clients send are called
    Schema schema;
    Narrowing narrowing;
    std::vector<std::string>
        clients;  ///< that may use it, if they are registered for it; empty: all
    bool isRemembered = false;  ///< a consent covers later requests
    bool isForClients = false;  ///< also for one that acts for itself
};
using DetailTypes = std::map<std::string, DetailType, std::less<>>;

/// The setting `types`. Fault::badInput: all that is wrong with it, one problem a line.
Result<DetailTypes> readDetailTypes(const Config& config);

/// The member of a client's metadata that lists its types (RFC 9396 section 10).
constexpr std::string_view typesMember = "authorization_details_types";
/// The type of a detail, if it is known and this client may use it; nullptr: it may not.
const DetailType* typeFor(const DetailTypes& types, std::string_view name, const Client& client);

}  // namespace gatehouse
