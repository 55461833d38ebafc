// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Result.h>
#include <gatehouse/Value.h>

#include "metadata/Describer.h"

#include <map>
#include <memory>
#include <shared_mutex>
#include <string>
#include <vector>

namespace gatehouse {

class HeldProfiles;

/// The discovery document (RFC 8414, OpenID Connect Discovery), computed from what is registered:
/// nothing is listed that is not enabled, or that the issuer's profile admits of no client.
/// Threads: any, after attach().
class ServerMetadata {
public:
    /// `profiles` outlive this.
    explicit ServerMetadata(const HeldProfiles& profiles) : profiles_(profiles) {}

    /// Those who make the document.
    void attach(std::vector<Describer> describers) { describers_ = std::move(describers); }
    /// Fails when one changes or takes away what the server or another says; the error names both.
    Status check(const Issuer& issuer) const;
    /// The document as JSON, made once for each issuer. What was said first stands.
    std::shared_ptr<const std::string> document(const Issuer& issuer) const;

private:
    ValueMap describe(const Issuer& issuer, std::string& conflict) const;

    const HeldProfiles& profiles_;
    std::vector<Describer> describers_;
    mutable std::shared_mutex mutex_;
    mutable std::map<IssuerId, std::shared_ptr<const std::string>> documents_;
};

}  // namespace gatehouse
