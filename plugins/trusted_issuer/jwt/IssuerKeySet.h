// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Result.h>

#include "jose/KeySetFetcher.h"
#include "jose/KnownKeySets.h"

#include <memory>
#include <string>
#include <string_view>

namespace gatehouse {

/// The keys of the one issuer: they stand in a file, or lie at its address. Any thread.
class IssuerKeySet {
public:
    struct Place {
        std::string url;
        std::string file;  ///< read at start; there is one of both
    };
    IssuerKeySet(Host& host, Place place, KnownKeySets::Times times);

    /// What is wrong with the file.
    Status check() const;
    /// Reads it.
    Status load();
    /// See Clients::keys().
    Result<std::shared_ptr<const Value>> find(const Context& context, std::string_view kid) const;

private:
    Result<Value> given() const;

    Place place_;
    KeySetFetcher fetcher_;
    mutable KnownKeySets known_;
    std::shared_ptr<const Value> given_;
};

}  // namespace gatehouse
