// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Value.h>

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse {

/// What becomes of the people and clients of a file.
class ImportReport {
public:
    struct Count {
        std::size_t added = 0;
        std::size_t there = 0;
    };

    Count people;
    Count clients;

    void leave(std::string_view kind, std::string_view name, std::string_view why);
    void remark(std::string_view kind, std::string_view name, std::string_view what);

    /// Nobody and nothing that has a name stays behind.
    bool isWhole() const noexcept { return isWhole_; }
    void print(bool isDry, bool isJson) const;

private:
    struct Group {
        std::size_t size = 0;
        std::vector<std::string> names;
    };
    /// By kind and sentence.
    using Groups = std::map<std::pair<std::string, std::string>, Group>;

    static void printGroups(const std::string& head, const Groups& groups);
    static ValueList valueOf(const Groups& groups);
    ValueMap value(bool isDry) const;

    Groups left_;
    Groups remarks_;
    bool isWhole_ = true;
};

}  // namespace gatehouse
