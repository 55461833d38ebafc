// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Plugin.h>
#include <gatehouse/Result.h>
#include <gatehouse/Time.h>
#include <gatehouse/Value.h>

#include <string_view>

namespace gatehouse {

/// What a client says of itself, where its id leads.
struct ClientDescription {
    ValueMap metadata;  ///< by RFC 7591 names; members that a client cannot have are passed over
    seconds fresh{0};  ///< when that is over the source is asked again
    seconds good{
        0};  ///< and how long it holds while the source has no answer; no less than `fresh`
};

/// Brings clients that nobody has registered, since their ids say where they describe themselves.
/// The kernel keeps them as it does those that register themselves, admits the same metadata, and
/// takes what is registered under such an id for what it is.
class ClientSource : public Plugin {
public:
    static constexpr Point point{"client_source", 1, Cardinality::many};
    /// Does it speak for who has this id? Told from the id alone and the settings, and at once: ids
    /// are made up by anybody. A client whose source stops to do so is served no more.
    virtual bool isFor(std::string_view clientId) const = 0;
    /// What the client with such an id says of itself now. It may wait a moment, with few others:
    /// strangers can ask for it, on any lane but Lane::loop. How often they may, the kernel sees
    /// to. Fault::badInput: there is no client; what is wrong goes to the log. Fault::unavailable:
    /// it cannot be told now.
    virtual Result<ClientDescription> describe(const Context&, std::string_view clientId) const = 0;
    /// Adds its lines to the discovery document (RFC 8414 section 2).
    virtual void describe(const Issuer& /*issuer*/, ValueMap& /*metadata*/) const {}
};

}  // namespace gatehouse
