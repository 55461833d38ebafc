// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/Storage.h>

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

namespace gatehouse {

/// Records in ordered maps, with an index by link, by family and by expiry. Not thread-safe.
class RecordTable {
public:
    /// The record, unless there is none or it has expired by `now`. Valid until the next change.
    const Record* find(std::string_view kind, std::string_view key, TimePoint now) const;
    /// Records of the issuer that carry the link (all, when its name is empty), after `after`.
    RecordPage list(IssuerId issuer, std::string_view kind, const Link& link,
                    std::string_view after, std::size_t limit, TimePoint now) const;
    /// Inserts or replaces; counts the version from the one that lives now.
    void put(Record record, TimePoint now);
    void erase(std::string_view kind, std::string_view key);
    void eraseFamily(const std::string& family);
    /// Removes at most so many that expired by `before`; returns how many went.
    std::size_t dropExpired(TimePoint before, std::size_t atMost);

private:
    using Place = std::pair<std::string, std::string>;
    using LinkPlace = std::tuple<std::string, IssuerId, std::string, std::string>;

    void index(const Record& record);
    void unindex(const Record& record);
    void remove(const Place& place);

    std::map<std::string, std::map<std::string, Record, std::less<>>, std::less<>> records_;
    std::map<LinkPlace, std::set<std::string, std::less<>>> byLink_;
    std::set<std::pair<std::string, Place>> byFamily_;
    std::set<std::pair<TimePoint, Place>> byExpiry_;
};

}  // namespace gatehouse
