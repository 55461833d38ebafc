// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Capability.h>
#include <gatehouse/Client.h>
#include <gatehouse/Context.h>
#include <gatehouse/Result.h>

#include <string>
#include <string_view>

namespace gatehouse {

/// What a client_metadata_rule has that makes the `sub` by which some clients know people (OpenID
/// Connect Core section 8). The server itself goes on with its own: it is in no token of theirs.
class SubjectForm {
public:
    static constexpr Capability capability{"client_metadata_rule.subject_form", 1};

    virtual ~SubjectForm() = default;
    /// The `subject_type` of these clients; static storage. They are not served without it.
    virtual std::string_view type() const noexcept = 0;
    /// What this client is told in place of `sub`, the server's own: printable ASCII, at most 255
    /// characters, another for each, and the same for good. Asked for each token: does not block.
    /// Asked of nobody's too, to see whether two clients know people by the same names.
    virtual Result<std::string> sub(const Context&, const Client&, std::string_view sub) const = 0;
};

}  // namespace gatehouse
