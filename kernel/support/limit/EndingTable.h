// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Time.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace gatehouse {

/// Things that end by themselves, found by their keys; never more than so many. What stands before
/// a key's first line break is its group. When the table is full, the largest group gives up what
/// would end first: whoever fills one group with names of their own making throws nothing out of
/// another. One thread at a time.
template <class Value> class EndingTable {
public:
    explicit EndingTable(std::size_t most) : most_(most) {}

    /// nullptr when there is none, or it has ended. Good until the next change.
    Value* find(std::string_view key, SteadyPoint now) {
        const auto group = groups_.find(groupOf(key));
        if (group == groups_.end()) {
            return nullptr;
        }
        const auto found = group->second.things.find(std::string(key));
        const bool isThere = found != group->second.things.end() && found->second.ends > now;
        return isThere ? &found->second.value : nullptr;
    }

    /// In place of an earlier one. False when another, live one had to go for it.
    bool put(std::string_view key, Value value, SteadyPoint ends, SteadyPoint now) {
        erase(key);
        const bool isRoom = size_ < most_ || dropFirst(now);
        Group& group = groups_.try_emplace(std::string(groupOf(key))).first->second;
        const auto added =
            group.things.emplace(std::string(key), Thing{std::move(value), ends}).first;
        group.byEnd.emplace(ends, &added->first);
        ++size_;
        return isRoom;
    }

    void erase(std::string_view key) {
        const auto group = groups_.find(groupOf(key));
        if (group == groups_.end()) {
            return;
        }
        const auto found = group->second.things.find(std::string(key));
        if (found != group->second.things.end()) {
            group->second.byEnd.erase({found->second.ends, &found->first});
            group->second.things.erase(found);
            --size_;
            dropIfEmpty(group);
        }
    }

    /// Forgets at most so many that ended by `before`; returns how many went.
    std::size_t dropEnded(SteadyPoint before, std::size_t atMost) {
        std::size_t dropped = 0;
        for (auto group = groups_.begin(); group != groups_.end();) {
            auto next = std::next(group);
            auto& byEnd = group->second.byEnd;
            for (; dropped < atMost && !byEnd.empty() && byEnd.begin()->first <= before;
                 ++dropped) {
                dropFirstOf(group->second);
            }
            dropIfEmpty(group);
            group = next;
        }
        return dropped;
    }

    /// Forgets those whose key fits.
    template <class Fits> void eraseIf(const Fits& fits) {
        std::vector<std::string> fitting;
        for (const auto& group : groups_) {
            for (const auto& thing : group.second.things) {
                if (fits(std::string_view(thing.first))) {
                    fitting.push_back(thing.first);
                }
            }
        }
        for (const auto& key : fitting) {
            erase(key);
        }
    }

    std::size_t size() const noexcept { return size_; }

private:
    struct Thing {
        Value value;
        SteadyPoint ends;
    };
    struct Group {
        std::unordered_map<std::string, Thing> things;
        std::set<std::pair<SteadyPoint, const std::string*>> byEnd;
    };
    using Groups = std::map<std::string, Group, std::less<>>;

    static std::string_view groupOf(std::string_view key) {
        const auto end = key.find('\n');
        return end == std::string_view::npos ? std::string_view{} : key.substr(0, end);
    }

    /// Makes room; true when what went had ended.
    bool dropFirst(SteadyPoint now) {
        const auto largest = std::max_element(
            groups_.begin(), groups_.end(), [](const auto& one, const auto& other) {
                return one.second.things.size() < other.second.things.size();
            });
        const bool hasEnded = largest->second.byEnd.begin()->first <= now;
        dropFirstOf(largest->second);
        dropIfEmpty(largest);
        return hasEnded;
    }

    void dropFirstOf(Group& group) {
        const auto first = group.byEnd.begin();
        const auto found = group.things.find(*first->second);
        group.byEnd.erase(first);
        group.things.erase(found);
        --size_;
    }

    void dropIfEmpty(typename Groups::iterator group) {
        if (group->second.things.empty()) {
            groups_.erase(group);
        }
    }

    const std::size_t most_;
    std::size_t size_ = 0;
    Groups groups_;
};

}  // namespace gatehouse
