// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Result.h>

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

/// Which promise a user code stands for. A keyed hash of it is stored, nothing else. Threads: any;
/// blocks on the storage.
class UserCodes {
public:
    explicit UserCodes(Host& host) : host_(host) {}

    /// A new one, as it is shown.
    Result<std::string> add(const Context& context, const std::string& reference,
                            TimePoint until) const;
    /// The promise; nullopt: there is no such code.
    Result<std::optional<std::string>> find(const Context& context, std::string_view code) const;
    /// What is known of a code without knowing it.
    std::string hashOf(std::string_view code) const;

private:
    Host& host_;
};

}  // namespace gatehouse
