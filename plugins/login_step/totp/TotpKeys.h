// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Result.h>
#include <gatehouse/point/LoginStep.h>

#include "Totp.h"

#include <cstdint>
#include <optional>
#include <string>

namespace gatehouse {

/// The keys of people who have set codes up, one each, sealed. Threads: any.
class TotpKeys {
public:
    explicit TotpKeys(Host& host) : host_(host) {}

    /// nullopt: they have none.
    Result<std::optional<TotpKey>> find(const Context& context, const FoundUser& person) const;
    /// False: they have one already, which stays.
    Result<bool> add(const Context& context, const FoundUser& person, const TotpKey& key) const;
    /// False: they have none.
    Result<bool> remove(const Context& context, const FoundUser& person) const;
    /// Uses the code of a step up. False: it was used before, here or on another node.
    Result<bool> useUp(const Context& context, const FoundUser& person, const TotpKey& key,
                       std::uint64_t step) const;

private:
    Result<std::string> nameOf(const Context& context, const FoundUser& person) const;

    Host& host_;
};

}  // namespace gatehouse
