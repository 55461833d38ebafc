// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Result.h>
#include <gatehouse/point/LoginStep.h>

#include "RecoverySet.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// The codes of people who have some: one set each. Threads: any.
class RecoveryCodes {
public:
    explicit RecoveryCodes(Host& host) : host_(host) {}

    /// nullopt: they have no set.
    Result<std::optional<RecoverySet>> find(const Context& context, const FoundUser& person) const;
    /// These codes, in place of the set of this version; 0: of none. False: there is another one
    /// meanwhile, which stays. A set that is kept twice is kept.
    Result<bool> keep(const Context& context, const FoundUser& person,
                      const std::vector<std::string>& codes, std::uint64_t insteadOf) const;
    /// Uses a code up, here and on every other node: how many are left. nullopt: it is none of
    /// theirs, or was used.
    Result<std::optional<std::size_t>> useUp(const Context& context, const FoundUser& person,
                                             std::string_view typed) const;
    /// False: they have none.
    Result<bool> remove(const Context& context, const FoundUser& person) const;

private:
    Result<std::string> nameOf(const Context& context, const FoundUser& person) const;
    std::string hashOf(std::string_view name, std::string_view typed) const;
    Result<bool> put(const Context& context, const std::string& name, const RecoverySet& set) const;

    Host& host_;
};

}  // namespace gatehouse
