// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Result.h>

#include <string>
#include <vector>

namespace gatehouse {

/// Comes before anything of an issuer is used. Threads: any; may block on the storage.
class IssuerOpener {
public:
    /// Both outlive it.
    IssuerOpener(Host& host, const std::vector<Issuer>& issuers) : host_(host), issuers_(issuers) {}

    /// Was what is stored made under our root secret? Tries the keys of issuers that have some.
    Status checkRootSecret(SteadyPoint deadline) const;
    /// Opens its keys, of which the first are made. Fails when they cannot be opened, or the
    /// storage says that the number is another issuer's. The URL it had before.
    Result<std::string> open(const Context& context) const;
    /// The same for an issuer that is served from now on: a new URL is remembered.
    Status begin(const Context& context) const;

private:
    Status refreshKeys(const Context& context) const;
    Status checkNumber(const Context& context, const std::string& before) const;

    Host& host_;
    const std::vector<Issuer>& issuers_;
};

}  // namespace gatehouse
