// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Plugin.h>
#include <gatehouse/Result.h>
#include <gatehouse/Value.h>

#include <string_view>
#include <vector>

namespace gatehouse {

/// Members of client metadata (RFC 7591 section 2) that a plugin understands. Others read them in
/// Client::metadata, as they were registered.
class ClientMetadataRule : public Plugin {
public:
    static constexpr Point point{"client_metadata_rule", 1, Cardinality::many};
    /// Their registered names; static storage. One that another rule or the server itself has is an
    /// error at start, with both names. Asked after configure().
    virtual std::vector<std::string_view> members() const = 0;
    /// May a client be registered, or changed, so? All of the metadata, also when none of the
    /// members is there. Fault::badInput says what is wrong, one problem a line, each beginning
    /// with its member: "NAME: why". What is stored is read whatever this says.
    virtual Status admit(const Context&, const ValueMap& metadata) const = 0;
    /// Adds its lines to the discovery document (RFC 8414 section 2).
    virtual void describe(const Issuer& /*issuer*/, ValueMap& /*metadata*/) const {}
};

}  // namespace gatehouse
