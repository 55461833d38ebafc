// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Result.h>

#include <functional>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>
#include <utility>

namespace gatehouse {

/// What each issuer has of its own: made when it is first asked for, then kept. What could not be
/// made is tried again after some seconds. Threads: any.
template <class Part> class PerIssuer {
public:
    using Made = Result<std::shared_ptr<const Part>>;
    using Make = std::function<Made(IssuerId)>;

    PerIssuer(const Clock& clock, Make make) : clock_(clock), make_(std::move(make)) {}

    Made of(IssuerId issuer) {
        {
            const std::shared_lock lock(mutex_);
            const auto known = kept_.find(issuer);
            if (known != kept_.end() &&
                (known->second.made || clock_.steady() < known->second.retry)) {
                return known->second.made;
            }
        }
        Made made = make_(issuer);
        const std::unique_lock lock(mutex_);
        auto& kept = kept_.try_emplace(issuer, Kept{made, {}}).first->second;
        if (!kept.made) {
            kept = {std::move(made), clock_.steady() + pause};
        }
        return kept.made;
    }

private:
    static constexpr seconds pause{5};
    struct Kept {
        Made made;
        SteadyPoint retry;  ///< when there is none
    };

    const Clock& clock_;
    Make make_;
    std::shared_mutex mutex_;
    std::unordered_map<IssuerId, Kept> kept_;
};

}  // namespace gatehouse
