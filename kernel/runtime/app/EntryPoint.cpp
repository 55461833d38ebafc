// SPDX-License-Identifier: Apache-2.0
#include "app/EntryPoint.h"

#include "text/Contains.h"

#include <string_view>

namespace gatehouse {

namespace {

constexpr std::string_view neededOffline[] = {
    "storage", "key_store", "user_store", "token_format", "client_metadata_rule", "password_rule"};

}  // namespace

std::string_view pointOf(const PluginEntry& entry) {
    return std::string_view(entry.use).substr(0, entry.use.find('.'));
}

bool isNeededOffline(const PluginEntry& entry) {
    return contains(neededOffline, pointOf(entry));
}

std::vector<std::string> namesOfEntries(const Point& point,
                                        const std::vector<PluginEntry>& entries) {
    std::vector<std::string> names;
    for (const auto& entry : entries) {
        if (pointOf(entry) == point.name) {
            names.push_back(entry.name);
        }
    }
    return names;
}

}  // namespace gatehouse
