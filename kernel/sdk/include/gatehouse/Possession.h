// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/OAuthError.h>
#include <gatehouse/Time.h>
#include <gatehouse/Value.h>

#include <optional>
#include <string>
#include <utility>

namespace gatehouse {

/// That a proof was used. The kernel writes it when there is something to give, before or with
/// what is given for the proof: who comes second is given nothing.
struct UseMark {
    std::string id;  ///< of the proof, among all of this plugin instance
    TimePoint until;  ///< then nobody believes the proof any more
    TimePoint earliest;  ///< the first moment at which it can have been used; see Records::once()
    OAuthError again;  ///< what who comes second is told
};

/// What a request proves.
struct Possession {
    Possession(Value of) : bound(std::move(of)) {}  // NOLINT(google-explicit-constructor)
    Possession(Value of, UseMark mark) : bound(std::move(of)), use(std::move(mark)) {}

    Value bound;  ///< what tokens can be bound to
    std::optional<UseMark> use;  ///< nullopt: it may be used again
};

}  // namespace gatehouse
