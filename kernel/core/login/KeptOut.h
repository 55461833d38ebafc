// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>

#include <string_view>

namespace gatehouse {

/// Marks of people whom a command disabled though their user store is read-only; kept by issuer,
/// store and the store's own id. Threads: any; blocks on the storage.
class KeptOut {
public:
    /// `host` must outlive this.
    explicit KeptOut(Host& host) : host_(host) {}

    Result<bool> contains(const Context& context, std::string_view store,
                          std::string_view id) const;
    Status add(const Context& context, std::string_view store, std::string_view id) const;
    Status remove(const Context& context, std::string_view store, std::string_view id) const;

private:
    Host& host_;
};

}  // namespace gatehouse
