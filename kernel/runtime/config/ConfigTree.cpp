// SPDX-License-Identifier: Apache-2.0
#include "config/ConfigTree.h"

namespace gatehouse {

ConfigNode ConfigNode::none(Place place) {
    ConfigNode node;
    node.place_ = std::move(place);
    return node;
}

ConfigNode ConfigNode::text(std::string value, Place place, bool isQuoted) {
    ConfigNode node = none(std::move(place));
    node.shape_ = Shape::text;
    node.text_ = std::move(value);
    node.isQuoted_ = isQuoted;
    return node;
}

ConfigNode ConfigNode::list(Place place) {
    ConfigNode node = none(std::move(place));
    node.shape_ = Shape::list;
    return node;
}

ConfigNode ConfigNode::map(Place place) {
    ConfigNode node = none(std::move(place));
    node.shape_ = Shape::map;
    return node;
}

const ConfigEntry* ConfigNode::find(std::string_view key) const noexcept {
    for (const auto& entry : entries_) {
        if (entry.key == key) {
            return &entry;
        }
    }
    return nullptr;
}

void ConfigNode::append(ConfigNode item) {
    items_.push_back(std::move(item));
}

void ConfigNode::set(std::string key, Place keyPlace, ConfigNode value) {
    for (auto& entry : entries_) {
        if (entry.key == key) {
            entry.keyPlace = std::move(keyPlace);
            entry.value = std::move(value);
            return;
        }
    }
    entries_.push_back({std::move(key), std::move(keyPlace), std::move(value)});
}

std::optional<ConfigNode> ConfigNode::take(std::string_view key) {
    for (auto entry = entries_.begin(); entry != entries_.end(); ++entry) {
        if (entry->key == key) {
            ConfigNode taken = std::move(entry->value);
            entries_.erase(entry);
            return taken;
        }
    }
    return std::nullopt;
}

bool operator==(const ConfigNode& left, const ConfigNode& right) {
    if (left.shape_ != right.shape_ || left.text_ != right.text_ || left.items_ != right.items_ ||
        left.entries_.size() != right.entries_.size()) {
        return false;
    }
    for (const auto& entry : left.entries_) {
        const ConfigEntry* other = right.find(entry.key);
        if (other == nullptr || other->value != entry.value) {
            return false;
        }
    }
    return true;
}

}  // namespace gatehouse
