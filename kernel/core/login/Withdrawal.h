// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Result.h>
#include <gatehouse/Scope.h>

#include <string_view>

namespace gatehouse {

class ConsentService;
class FamilyBook;

/// Takes back what a person allowed a client, and what the client got by it. Threads: any.
class Withdrawal {
public:
    /// All of it outlives this.
    Withdrawal(Host& host, const ConsentService& consents, const FamilyBook& families)
        : host_(host), consents_(consents), families_(families) {}

    /// See Consents::withdraw().
    Result<bool> run(const Context& context, std::string_view sub, std::string_view clientId,
                     const ScopeSet& scopes, std::string_view remoteAddress) const;

private:
    Result<bool> endFamilies(const Context& context, std::string_view sub,
                             std::string_view clientId, const ScopeSet& scopes) const;

    Host& host_;
    const ConsentService& consents_;
    const FamilyBook& families_;
};

}  // namespace gatehouse
