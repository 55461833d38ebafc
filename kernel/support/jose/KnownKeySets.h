// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Result.h>
#include <gatehouse/Value.h>

#include "jose/KeySetFetcher.h"
#include "limit/EndingTable.h"

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

/// The key sets that were fetched, and when each is fetched again: when it has had its time, or
/// somebody asks for a key that is not in it, and then by one of those who ask; the others go on
/// with what is known. However many ask for keys that there are not, a set is fetched once in a
/// `pause`, or in its own time if that is shorter. Of a site that fails what was known stays good
/// for `keep`. Threads: any.
class KnownKeySets {
public:
    struct Times {
        seconds pause;
        seconds keep;
    };
    using Keys = std::shared_ptr<const Value>;
    using Fetch = std::function<Result<std::optional<FetchedKeySet>>()>;

    KnownKeySets(const Clock& clock, Times times) : clock_(clock), times_(times) {}

    /// Those of this name, with the one of this `kid` if there is one. `name`: "GROUP\nREST" (see
    /// EndingTable). Errors are those of the last `fetch`.
    Result<Keys> find(const std::string& name, std::string_view kid, const Fetch& fetch);

private:
    struct Known {
        Keys keys;
        std::optional<Error> failure{};
        SteadyPoint freshUntil = SteadyPoint::min();
        SteadyPoint goodUntil = SteadyPoint::min();
        SteadyPoint askedUntil = SteadyPoint::min();  ///< somebody asks, and is not back yet
        SteadyPoint askAgain = SteadyPoint::min();
    };

    std::optional<Result<Keys>> knownOrAsk(const std::string& name, std::string_view kid);
    Result<Keys> take(const std::string& name, std::string_view kid,
                      Result<std::optional<FetchedKeySet>> fetched);
    static Result<Keys> answer(const Known& known, std::string_view kid, SteadyPoint now);
    void put(const std::string& name, Known known, SteadyPoint now);

    static constexpr std::size_t mostKnown = 4096;

    const Clock& clock_;
    const Times times_;
    std::mutex mutex_;
    EndingTable<Known> known_{mostKnown};
};

}  // namespace gatehouse
