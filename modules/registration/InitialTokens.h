// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Records.h>
#include <gatehouse/Result.h>
#include <gatehouse/Time.h>

#include "Policy.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// An initial access token (RFC 7591 section 1.2), without what proves it.
struct InitialToken {
    std::string id;
    std::string note;
    Policy policy;  ///< in place of the module's, where it says something
    std::int64_t left = 1;  ///< registrations
    std::int64_t used = 0;
    TimePoint created{};
    TimePoint expires = never;
};

struct NewInitialToken {
    InitialToken token;
    std::string text;  ///< "ID.SECRET", known at this one moment
};

/// The initial access tokens of an issuer; only a hash of each is kept. Threads: any.
class InitialTokens {
public:
    explicit InitialTokens(Host& host) : host_(host) {}

    Result<NewInitialToken> make(const Context& context, InitialToken wish) const;
    /// All that have not expired, used up or not.
    Result<std::vector<InitialToken>> list(const Context& context) const;
    /// False: there is none.
    Result<bool> revoke(const Context& context, std::string_view id) const;

    /// Takes one registration from it; exact, however many ask at once. nullopt: it is not one, has
    /// expired or is used up.
    Result<std::optional<InitialToken>> take(const Context& context, std::string_view text) const;
    /// Nothing came of the registration.
    void giveBack(const Context& context, std::string_view id) const;

private:
    struct Kept;
    Result<std::optional<Kept>> find(const Context& context, std::string_view id) const;
    Result<bool> move(const Context& context, Kept kept, std::int64_t registrations) const;

    Host& host_;
};

}  // namespace gatehouse
