// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Result.h>
#include <gatehouse/Time.h>

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// For whose address an account may be made.
struct Invitation {
    std::string address;
    TimePoint made{};
    TimePoint ends{};
};

/// Addresses that an operator has invited, each until its end or until its account is there.
/// Threads: any.
class Invitations {
public:
    explicit Invitations(Host& host) : host_(host) {}

    Result<bool> has(const Context& context, std::string_view address) const;
    /// In the place of one that is there.
    Result<Invitation> add(const Context& context, std::string_view address, seconds life) const;
    /// False: there is none.
    Result<bool> remove(const Context& context, std::string_view address) const;
    Result<std::vector<Invitation>> list(const Context& context) const;

private:
    std::string keyOf(std::string_view address) const;

    Host& host_;
};

}  // namespace gatehouse
