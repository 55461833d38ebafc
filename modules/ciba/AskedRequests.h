// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Result.h>
#include <gatehouse/Secret.h>

#include "AskedRequest.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// What a client that is pinged hears, and is known by. At rest it is sealed: both go out as they
/// are.
struct Ping {
    Secret authReqId;
    Secret token;
};

/// Requests that wait for their person, until that person or somebody for them has decided.
/// Threads: any; blocks on the storage.
class AskedRequests {
public:
    explicit AskedRequests(Host& host) : host_(host) {}

    Status add(const Context& context, const AskedRequest& request) const;
    /// nullopt: there is none, or it was decided about.
    Result<std::optional<AskedRequest>> find(const Context& context,
                                             std::string_view reference) const;
    /// Those of one person that can still be decided about, the latest first.
    Result<std::vector<AskedRequest>> of(const Context& context, std::string_view sub) const;
    /// It was decided about: its person sees it no more, but its ping is kept.
    Status hide(const Context& context, const AskedRequest& request) const;
    Status remove(const Context& context, std::string_view reference) const;

    std::string seal(std::string_view reference, const Ping& ping) const;
    /// nullopt: it cannot be read.
    std::optional<Ping> open(const AskedRequest& request) const;

private:
    Status put(const Context& context, const AskedRequest& request, bool isListed) const;

    Host& host_;
};

}  // namespace gatehouse
