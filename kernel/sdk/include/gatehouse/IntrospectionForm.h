// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Capability.h>
#include <gatehouse/Client.h>
#include <gatehouse/Context.h>
#include <gatehouse/Http.h>
#include <gatehouse/Result.h>

#include <optional>
#include <string>

namespace gatehouse {

/// The body of an answer, and what it is.
struct FormedAnswer {
    std::string mediaType;
    std::string body;
};

/// What a client_metadata_rule has whose members say in which form a resource server is told about
/// tokens. It is asked for every answer of introspection that is no error. With an error the
/// resource server is told nothing.
class IntrospectionForm {
public:
    static constexpr Capability capability{"client_metadata_rule.introspection_form", 1};

    virtual ~IntrospectionForm() = default;
    /// What this client, which has proven who it is, is sent in place of `json` (RFC 7662 section
    /// 2.2) when its request asks for it; nullopt: it does not.
    virtual Result<std::optional<FormedAnswer>> introspection(const Context&, const HttpRequest&,
                                                              const Client&,
                                                              const std::string& json) const = 0;
};

}  // namespace gatehouse
