// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Records.h>
#include <gatehouse/point/ResourceRegistry.h>

#include <optional>
#include <string_view>
#include <vector>

namespace gatehouse {

/// The resources that commands have registered at an issuer. Threads: any; blocks on the storage.
class StoredResources {
public:
    explicit StoredResources(Host& host) : host_(host) {}

    Result<std::optional<ProtectedResource>> find(const Context& context,
                                                  std::string_view identifier) const;
    Result<std::vector<ProtectedResource>> list(const Context& context) const;
    /// False: there is one with this identifier.
    Result<bool> add(const Context& context, const ProtectedResource& resource) const;
    /// False: there is none.
    Result<bool> remove(const Context& context, std::string_view identifier) const;

private:
    Host& host_;
};

}  // namespace gatehouse
