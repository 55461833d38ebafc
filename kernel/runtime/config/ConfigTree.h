// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/Problems.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

struct ConfigEntry;

/// What YAML or TOML said, before anybody knows what it means: text, lists and maps in the order of
/// the file, each with its place. Scalars are text; their type comes from a table.
class ConfigNode {
public:
    enum class Shape { none, text, list, map };

    ConfigNode() = default;
    static ConfigNode none(Place place);
    /// `isQuoted`: the file says that it is a text, whatever it looks like.
    static ConfigNode text(std::string value, Place place, bool isQuoted = true);
    static ConfigNode list(Place place);
    static ConfigNode map(Place place);

    Shape shape() const noexcept { return shape_; }
    bool isNone() const noexcept { return shape_ == Shape::none; }
    bool isText() const noexcept { return shape_ == Shape::text; }
    bool isList() const noexcept { return shape_ == Shape::list; }
    bool isMap() const noexcept { return shape_ == Shape::map; }
    bool isQuoted() const noexcept { return isQuoted_; }
    const Place& place() const noexcept { return place_; }

    /// Empty for other shapes, as are items() and entries().
    const std::string& text() const noexcept { return text_; }
    const std::vector<ConfigNode>& items() const noexcept { return items_; }
    const std::vector<ConfigEntry>& entries() const noexcept { return entries_; }
    /// The entry of a map, or nullptr.
    const ConfigEntry* find(std::string_view key) const noexcept;

    void append(ConfigNode item);
    /// Puts or replaces. Readers refuse a second one with the same key before.
    void set(std::string key, Place keyPlace, ConfigNode value);
    /// Takes an entry of a map out; nothing when there is none.
    std::optional<ConfigNode> take(std::string_view key);

    /// The same meaning; places and the order of map entries do not matter.
    friend bool operator==(const ConfigNode& left, const ConfigNode& right);
    friend bool operator!=(const ConfigNode& left, const ConfigNode& right) {
        return !(left == right);
    }

private:
    Shape shape_ = Shape::none;
    bool isQuoted_ = false;
    Place place_;
    std::string text_;
    std::vector<ConfigNode> items_;
    std::vector<ConfigEntry> entries_;
};

/// A key of a map, where it stands, and what it holds.
struct ConfigEntry {
    std::string key;
    Place keyPlace;
    ConfigNode value;
};

}  // namespace gatehouse
