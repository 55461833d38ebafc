// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Outgoing.h>

#include <cstddef>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

namespace gatehouse {

/// Remembers answers as long as who gave them allows (RFC 9111): by max-age, and by asking whether
/// they are still good. What was used longest ago goes first. Threads: any.
class AnswerCache {
public:
    struct Limits {
        std::size_t answers = 256;
        std::size_t bytes = 4'194'304;  ///< of bodies
        seconds life{86'400};  ///< whatever max-age says
    };
    struct Hit {
        OutgoingAnswer answer;
        bool isFresh;  ///< otherwise it may be used when a request with `question` says 304
        std::vector<Header> question;
    };

    /// `clock` must outlive this.
    explicit AnswerCache(const Clock& clock) : AnswerCache(clock, Limits{}) {}
    AnswerCache(const Clock& clock, Limits limits) : clock_(clock), limits_(limits) {}

    /// A request whose answer depends on nothing but its URL and Accept.
    static bool isFor(const OutgoingRequest& request);

    std::optional<Hit> find(const OutgoingRequest& request);
    /// Remembers the answer, or no longer what it replaces.
    void note(const OutgoingRequest& request, const OutgoingAnswer& answer);
    /// What was found is still good, says this 304.
    void refresh(const OutgoingRequest& request, const OutgoingAnswer& notModified);

private:
    struct Entry {
        std::string key;
        OutgoingAnswer answer;
        SteadyPoint freshUntil;
    };
    using Entries = std::list<Entry>;

    static std::string keyOf(const OutgoingRequest& request);
    void erase(const std::string& key);
    void dropOldest();

    const Clock& clock_;
    const Limits limits_;
    std::mutex mutex_;
    Entries entries_;  ///< the one used last in front
    std::unordered_map<std::string, Entries::iterator> byKey_;
    std::size_t bytes_ = 0;
};

}  // namespace gatehouse
