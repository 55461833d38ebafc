// SPDX-License-Identifier: Apache-2.0
#include "config/CheckedConfig.h"

#include "config/Masking.h"
#include "config/SettingReader.h"
#include "config/UnknownKeys.h"
#include "crypto/Digest.h"
#include "json/Json.h"

#include <algorithm>
#include <stdexcept>
#include <type_traits>

namespace gatehouse {

namespace {

void refuseUnknown(const FieldTable& table, const ConfigSection& section, Problems& problems) {
    std::vector<std::string> known = section.reserved;
    for (const auto& field : table) {
        known.emplace_back(field.name);
    }
    refuseUnknownKeys(*section.settings, known, section.label, problems);
}

using Places = std::map<std::string, Place, std::less<>>;

void addPlaces(const ConfigNode& map, const std::string& path, Places& places) {
    for (const auto& entry : map.entries()) {
        places.emplace(path + entry.key, entry.value.isMap() || entry.value.isNone()
                                             ? entry.keyPlace
                                             : entry.value.place());
        addPlaces(entry.value, path + entry.key + ".", places);
    }
}

/// One row of the table against what was set.
CheckedConfig::Setting settle(const Field& field, const ConfigSection& section,
                              Problems& problems) {
    const ConfigEntry* entry =
        section.settings == nullptr ? nullptr : section.settings->find(field.name);
    const auto refuse = [&](const Place& place, const std::string& text) {
        problems.add(place, beginning(section.label) + field.name + ": " + text);
        return CheckedConfig::Setting{&field, {}, place};
    };
    if (entry != nullptr) {
        const Place& place = entry->value.isNone() ? entry->keyPlace : entry->value.place();
        std::string doubt;
        auto reading = readSetting(field, entry->value, doubt);
        if (!doubt.empty()) {
            problems.warn({place, beginning(section.label) + field.name + ": " + doubt});
        }
        if (!reading) {
            return refuse(place, reading.error().text);
        }
        CheckedConfig::Setting setting{&field, std::move(*reading), place};
        addPlaces(entry->value, {}, setting.below);
        return setting;
    }
    if (field.presence.isRequired) {
        return refuse(section.place, "missing (" + std::string(field.summary) + ")");
    }
    if (field.presence.byDefault == nullptr) {
        return {&field, {}, section.place};
    }
    auto reading = readDefault(field);
    return reading ? CheckedConfig::Setting{&field, std::move(*reading), Place::byDefault()}
                   : refuse(Place::byDefault(), reading.error().text);
}

template <class T> T valueOr(const CheckedConfig::Setting& setting, T otherwise) {
    const T* held = std::get_if<T>(&setting.value);
    return held == nullptr ? std::move(otherwise) : *held;
}

bool isSame(const CheckedConfig::Held& left, const CheckedConfig::Held& right) {
    const auto equals = [&right](const auto& value) {
        using T = std::decay_t<decltype(value)>;
        const T* other = std::get_if<T>(&right);
        if constexpr (std::is_same_v<T, Secret>) {
            return other != nullptr && constantTimeEqual(value.view(), other->view());
        } else {
            return other != nullptr && value == *other;
        }
    };
    return std::visit(equals, left);
}

}  // namespace

CheckedConfig CheckedConfig::check(const FieldTable& table, const ConfigSection& section,
                                   Problems& problems) {
    CheckedConfig checked;
    checked.label_ = section.label;
    checked.instance_ = section.instance;
    checked.place_ = section.place;
    if (section.settings != nullptr) {
        refuseUnknown(table, section, problems);
    }
    for (const auto& field : table) {
        checked.settings_.push_back(settle(field, section, problems));
    }
    return checked;
}

const CheckedConfig::Setting& CheckedConfig::find(std::string_view name) const {
    for (const auto& setting : settings_) {
        if (name == setting.field->name) {
            return setting;
        }
    }
    throw std::logic_error(beginning(label_) + "no setting \"" + std::string(name) +
                           "\" in the table");
}

const CheckedConfig::Setting& CheckedConfig::find(std::string_view name, Kind kind) const {
    const Setting& setting = find(name);
    if (setting.field->kind != kind) {
        throw std::logic_error(beginning(label_) + "setting \"" + std::string(name) + "\" is not " +
                               std::string(kindName(kind)));
    }
    return setting;
}

bool CheckedConfig::has(std::string_view name) const {
    return !std::holds_alternative<std::monostate>(find(name).value);
}

std::string CheckedConfig::text(std::string_view name) const {
    const Kind kind = find(name).field->kind;
    const bool isTextual = kind == Kind::url || kind == Kind::path;
    return valueOr(find(name, isTextual ? kind : Kind::text), std::string{});
}

Secret CheckedConfig::secret(std::string_view name) const {
    return valueOr(find(name, Kind::secret), Secret{});
}

milliseconds CheckedConfig::duration(std::string_view name) const {
    return valueOr(find(name, Kind::duration), milliseconds{0});
}

std::int64_t CheckedConfig::number(std::string_view name) const {
    return valueOr(find(name, Kind::number), std::int64_t{0});
}

bool CheckedConfig::boolean(std::string_view name) const {
    return valueOr(find(name, Kind::boolean), false);
}

std::vector<std::string> CheckedConfig::list(std::string_view name) const {
    return valueOr(find(name, Kind::list), std::vector<std::string>{});
}

ValueMap CheckedConfig::map(std::string_view name) const {
    return valueOr(find(name, Kind::map), ValueMap{});
}

std::string CheckedConfig::place(std::string_view name) const {
    return placeOf(name).text();
}

const Place& CheckedConfig::placeOf(std::string_view name) const {
    const auto dot = std::min(name.find('.'), name.size());
    const Setting& setting = find(name.substr(0, dot));
    const auto member = setting.below.find(name.substr(std::min(dot + 1, name.size())));
    return member == setting.below.end() ? setting.place : member->second;
}

bool CheckedConfig::sameAs(const CheckedConfig& other) const {
    return instance_ == other.instance_ &&
           std::equal(settings_.begin(), settings_.end(), other.settings_.begin(),
                      other.settings_.end(), [](const Setting& left, const Setting& right) {
                          return std::string_view(left.field->name) == right.field->name &&
                                 isSame(left.value, right.value);
                      });
}

std::vector<std::string> CheckedConfig::changes(const CheckedConfig& other) const {
    std::vector<std::string> names;
    for (std::size_t at = 0; at < std::min(settings_.size(), other.settings_.size()); ++at) {
        if (!isSame(settings_[at].value, other.settings_[at].value)) {
            names.emplace_back(settings_[at].field->name);
        }
    }
    return names;
}

std::string shown(const CheckedConfig::Setting& setting) {
    struct Printer {
        const Field& field;
        std::string operator()(std::monostate /*unset*/) const { return ""; }
        std::string operator()(const std::string& text) const {
            return field.kind == Kind::url ? maskedUrl(text) : text;
        }
        std::string operator()(const Secret& /*secret*/) const { return std::string(mask); }
        std::string operator()(milliseconds duration) const { return durationText(duration); }
        std::string operator()(std::int64_t number) const { return std::to_string(number); }
        std::string operator()(bool truth) const { return truth ? "true" : "false"; }
        std::string operator()(const std::vector<std::string>& list) const {
            std::string joined;
            for (const auto& item : list) {
                joined += (joined.empty() ? "" : ", ") + item;
            }
            return "[" + joined + "]";
        }
        std::string operator()(const ValueMap& map) const { return toJson(maskedMap(map)); }
    };
    return std::visit(Printer{*setting.field}, setting.value);
}

}  // namespace gatehouse
