// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Plugin.h>

#include <memory>
#include <string>

namespace gatehouse {

/// What an issuer tells of itself. Lent by the kernel to who lists "discovery" in its needs, for
/// use while serving; grows at its end. Threads: any.
class Discovery : public Plugin {
public:
    static constexpr Point point{"discovery", 1, Cardinality::one};
    /// The metadata of RFC 8414 section 2 and OpenID Connect Discovery section 3, as JSON: what
    /// every module says of itself.
    virtual std::shared_ptr<const std::string> document(const Issuer&) const = 0;
};

}  // namespace gatehouse
