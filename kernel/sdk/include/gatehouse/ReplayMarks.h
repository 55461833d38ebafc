// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Capability.h>
#include <gatehouse/Context.h>
#include <gatehouse/Result.h>
#include <gatehouse/Time.h>

#include <chrono>
#include <string_view>

namespace gatehouse {

/// What a storage has that one server alone uses: replay marks of minutes, beside its records and
/// without a write that is flushed. What it acknowledged outlives the process, however that ends;
/// where the machine's end took some, it knows. Threads: any.
class ReplayMarks {
public:
    static constexpr Capability capability{"storage.replay_marks", 1};
    virtual ~ReplayMarks() = default;
    /// From `earliest` to `until`. Marks that live longer are records: they may be many. No setting
    /// moves a proof of possession to there, which may live for 10 minutes and come 1 too early.
    static constexpr std::chrono::minutes longest{12};

    /// True the first time this key is seen before `until`, of two at once to one alone.
    /// Fault::unavailable when it may have been seen and the mark be lost, that is when marks of
    /// `earliest` or later were; and when there is no room for one more.
    virtual Result<bool> once(const Context&, std::string_view kind, std::string_view key,
                              TimePoint until, TimePoint earliest) = 0;
};

}  // namespace gatehouse
