// SPDX-License-Identifier: Apache-2.0
#include "config/PluginList.h"

#include "config/UnknownKeys.h"

#include <algorithm>

namespace gatehouse {

namespace {

constexpr std::string_view modulePrefix = "module.";
constexpr std::string_view lowerCharacters = "abcdefghijklmnopqrstuvwxyz0123456789_";
constexpr std::string_view nameCharacters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
constexpr std::size_t longestName = 64;

bool consistsOf(std::string_view text, std::string_view characters) {
    return !text.empty() && text.size() <= longestName &&
           text.find_first_not_of(characters) == std::string_view::npos;
}

/// It becomes a file's name, so nothing else passes: above all no slash.
bool isPluginName(std::string_view use) {
    const std::size_t dot = use.find('.');
    return dot != std::string_view::npos && consistsOf(use.substr(0, dot), lowerCharacters) &&
           consistsOf(use.substr(dot + 1), lowerCharacters);
}

bool startsWith(std::string_view text, std::string_view start) {
    return text.substr(0, start.size()) == start;
}

}  // namespace

std::string pointOf(const std::string& use) {
    return use.substr(0, use.find('.'));
}

CheckedConfig PluginEntry::check(const FieldTable& fields, Problems& problems) const {
    return CheckedConfig::check(
        fields, {label, name, place, &settings, {"use", "name", "optional", "when_full"}},
        problems);
}

std::vector<PluginEntry> PluginList::readModules(const ConfigNode& list) {
    return read(list, Role::module);
}

std::vector<PluginEntry> PluginList::readPlugins(const ConfigNode& list) {
    return read(list, Role::plugin);
}

std::vector<PluginEntry> PluginList::read(const ConfigNode& list, Role role) {
    const std::string key = role == Role::module ? "modules" : "plugins";
    if (!list.isList() && !list.isNone()) {
        refuse(list.place(), key + ": a list is wanted, each entry beginning with \"- use:\"");
    }
    std::vector<PluginEntry> entries;
    for (const auto& item : list.items()) {
        PluginEntry entry;
        if (readEntry(item, role, entry) && isFirst(entry, entries)) {
            entries.push_back(std::move(entry));
        }
    }
    return entries;
}

bool PluginList::readEntry(const ConfigNode& item, Role role, PluginEntry& entry) {
    entry.place = item.place();
    entry.settings = ConfigNode::map(item.place());
    if (!readUse(item, role, entry)) {
        return false;
    }
    const bool isNamed = readName(item, entry);
    if (!readOptional(item, entry) || !readWhenFull(item, entry) || !isNamed) {
        return false;
    }
    for (const auto& setting : item.entries()) {
        if (setting.key != "use" && setting.key != "name" && setting.key != "optional" &&
            setting.key != "when_full") {
            entry.settings.set(setting.key, setting.keyPlace, setting.value);
        }
    }
    return true;
}

bool PluginList::readUse(const ConfigNode& item, Role role, PluginEntry& entry) {
    const ConfigEntry* key = item.find("use");
    const ConfigNode& named = key == nullptr ? item : key->value;
    const std::string wanted = role == Role::module ? "token" : "grant.refresh_token";
    if (!named.isText()) {
        return refuse(named.place(),
                      "an entry has to say what it uses, such as \"use: " + wanted + "\"");
    }
    entry.place = named.place();
    entry.use = named.text();
    if (role == Role::module && !startsWith(entry.use, modulePrefix)) {
        entry.use = std::string(modulePrefix) + entry.use;
    }
    if (!isPluginName(entry.use)) {
        return refuse(named.place(), "\"" + named.text() + "\" is not the name of a " +
                                         (role == Role::module ? "module" : "plugin") +
                                         " (such as " + wanted + ")");
    }
    if (role == Role::plugin && startsWith(entry.use, modulePrefix)) {
        return refuse(named.place(), entry.use + " belongs under modules");
    }
    entry.name = entry.use.substr(entry.use.find('.') + 1);
    entry.label = entry.use;
    return true;
}

bool PluginList::readName(const ConfigNode& item, PluginEntry& entry) {
    const ConfigEntry* name = item.find("name");
    if (name == nullptr) {
        return true;
    }
    if (!name->value.isText() || !consistsOf(name->value.text(), nameCharacters)) {
        return refuse(name->value.place(),
                      entry.use + R"(: name: at most 64 letters, digits, "_" and "-" are wanted)");
    }
    entry.name = name->value.text();
    entry.label = entry.use + " (" + entry.name + ")";
    return true;
}

bool PluginList::readOptional(const ConfigNode& item, PluginEntry& entry) {
    const ConfigEntry* said = item.find("optional");
    if (said == nullptr) {
        return true;
    }
    const std::string& text = said->value.text();
    if (text != "true" && text != "false") {
        return refuse(said->value.place(), entry.label + ": optional: true or false is wanted");
    }
    const std::string point = pointOf(entry.use);
    entry.isOptional = text == "true";
    if (entry.isOptional && point != "event_sink" && point != "metrics") {
        return refuse(said->keyPlace,
                      entry.label + ": only an event_sink or metrics may be optional");
    }
    return true;
}

bool PluginList::readWhenFull(const ConfigNode& item, PluginEntry& entry) {
    const ConfigEntry* said = item.find("when_full");
    if (said == nullptr) {
        return true;
    }
    if (pointOf(entry.use) != "event_sink") {
        return refuse(said->keyPlace, entry.label + ": only an event_sink has when_full");
    }
    const std::string& text = said->value.text();
    entry.mayLose = text == "drop";
    return text == "wait" || entry.mayLose ||
           refuse(said->value.place(), entry.label + ": when_full: wait or drop is wanted");
}

bool PluginList::isFirst(const PluginEntry& entry, const std::vector<PluginEntry>& before) {
    const std::string point = pointOf(entry.use);
    const auto same = std::find_if(before.begin(), before.end(), [&](const PluginEntry& other) {
        return pointOf(other.use) == point && other.name == entry.name;
    });
    if (same == before.end()) {
        return true;
    }
    const std::string cure = point == "module" ? "" : "; give this one another, with \"name:\"";
    return refuse(entry.place, entry.label + ": the name \"" + entry.name + "\" is taken by " +
                                   same->use + " at " + same->place.text() + cure);
}

bool PluginList::refuse(const Place& place, std::string text) {
    problems_.add(place, std::move(text));
    return false;
}

}  // namespace gatehouse
