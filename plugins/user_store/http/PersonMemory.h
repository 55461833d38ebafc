// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/User.h>

#include <cstddef>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace gatehouse {

/// Who was found, or that nobody was, as long as the service allows; the newest `most` of them.
/// Threads: any.
class PersonMemory {
public:
    /// `clock` must outlive this.
    PersonMemory(const Clock& clock, std::size_t most) : clock_(clock), most_(most) {}

    /// nullopt: it is not known who that is.
    std::optional<std::optional<User>> find(std::string_view key);
    void note(const std::string& key, const std::optional<User>& person, seconds fresh);

private:
    struct Entry {
        std::string key;
        std::optional<User> person;
        SteadyPoint until;
    };
    using Entries = std::list<Entry>;

    void forget(Entries::iterator entry);

    const Clock& clock_;
    const std::size_t most_;
    std::mutex mutex_;
    Entries entries_;  ///< the newest in front
    std::unordered_map<std::string_view, Entries::iterator> byKey_;
};

}  // namespace gatehouse
