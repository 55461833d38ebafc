// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Value.h>

#include "crypto/OpenSsl.h"

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// A way in which a client says whose certificate is its own (RFC 8705 section 2.1.2).
struct SubjectMember {
    std::string_view name;
    const char* wanted;  ///< for messages
    bool (*isGood)(std::string_view value);
    bool (*names)(const X509& certificate, std::string_view value);
};

const std::vector<SubjectMember>& subjectMembers();

/// The one that these metadata have; nullptr: none, or several.
const SubjectMember* subjectMemberOf(const ValueMap& metadata);

}  // namespace gatehouse
