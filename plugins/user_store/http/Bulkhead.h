// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>

namespace gatehouse {

/// So many calls at once; who finds them all under way does not wait. Threads: any.
class Bulkhead {
public:
    explicit Bulkhead(std::int64_t most) : free_(most) {}

    /// A call, while it lives.
    class Turn {
    public:
        explicit Turn(Bulkhead& bulkhead)
            : bulkhead_(bulkhead), isOurs_(bulkhead.free_.fetch_sub(1) > 0) {}
        Turn(const Turn&) = delete;
        Turn& operator=(const Turn&) = delete;
        ~Turn() { bulkhead_.free_.fetch_add(1); }

        /// Otherwise there are too many.
        bool isOurs() const noexcept { return isOurs_; }

    private:
        Bulkhead& bulkhead_;
        const bool isOurs_;
    };

private:
    std::atomic<std::int64_t> free_;
};

}  // namespace gatehouse
