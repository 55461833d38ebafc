// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Result.h>
#include <gatehouse/facade/People.h>

#include "AuthenticationRequest.h"

#include <optional>

namespace gatehouse {

/// Whom the hint of a request means (OpenID Connect CIBA section 7.1). Threads: any; may block on a
/// user store.
class AskedPerson {
public:
    explicit AskedPerson(Host& host) : host_(host), people_(host.one<People>()) {}

    /// nullopt: nobody who can sign in.
    Result<std::optional<Subject>> find(const Context& context, const Client& client,
                                        const AuthenticationRequest& request) const;

private:
    Result<std::optional<Subject>> hinted(const Context& context, const Client& client,
                                          const AuthenticationRequest& request) const;

    Host& host_;
    const People& people_;
};

}  // namespace gatehouse
