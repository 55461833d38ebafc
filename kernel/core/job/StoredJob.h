// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/Storage.h>

#include <cstdint>
#include <optional>
#include <string>

namespace gatehouse {

/// A job as it is stored, without its payload. Its key begins with the moment at which it is due,
/// so that what is due is one range; the rest is its id, which begins with the moment at which it
/// was made.
struct StoredJob {
    static constexpr const char* kind = "job";
    static constexpr const char* deadKind = "dead_job";
    static constexpr const char* queueLink = "queue";

    std::string id;
    std::string handler;  ///< with the instance: "event_sink.siem/deliver"
    std::string queue;
    IssuerId issuer = 1;  ///< of who added it
    TimePoint made{};
    TimePoint due{};
    std::uint32_t tries = 0;  ///< that failed
    std::string problem;  ///< of the last one
    std::uint64_t version = 0;  ///< of its record

    /// No other handler's queue has the same.
    std::string queueId() const { return queueIdOf(handler, queue); }
    static std::string queueIdOf(const std::string& handler, const std::string& queue) {
        return handler + "\n" + queue;
    }
    std::string key() const;
    /// Among those that are to be done.
    Record record() const;
    /// Among the dead ones, which nobody does.
    Record deadRecord(TimePoint expires) const;
    /// nullopt for what no version of ours has written.
    static std::optional<StoredJob> of(const Record& record);
    /// The part of a key that a moment is: what is due by then comes before it.
    static std::string keyOf(TimePoint due);
};

}  // namespace gatehouse
