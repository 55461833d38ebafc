// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Config.h>
#include <gatehouse/Value.h>

#include "config/ConfigTree.h"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace gatehouse {

/// What is to be checked against a table.
struct ConfigSection {
    std::string label;  ///< begins every message: "user_store.ldap (staff)"
    std::string instance;  ///< "staff"
    Place place;  ///< of the whole entry
    const ConfigNode* settings = nullptr;  ///< a map; nullptr: nothing is set
    std::vector<std::string> reserved =
        {};  ///< keys that belong to the kernel; only for suggestions
};

/// Settings that fit their table. Owns everything, so it may outlive the tree it was made from; the
/// table must stay.
class CheckedConfig final : public Config {
public:
    using Held = std::variant<std::monostate, std::string, Secret, milliseconds, std::int64_t, bool,
                              std::vector<std::string>, ValueMap>;
    struct Setting {
        const Field* field;
        Held value;  ///< monostate: not set, and no default
        Place
            place;  ///< where it was set; Place::byDefault() for a default; the entry when not set
        std::map<std::string, Place, std::less<>> below = {};  ///< of a map's members: "a", "a.b"
    };

    CheckedConfig() = default;
    /// Adds all that is wrong to `problems`; what is wrong counts as not set. Reads the files of
    /// {file: PATH} secrets. Relative paths, of secrets and of Kind::path, start at the folder of
    /// the file that names them.
    static CheckedConfig check(const FieldTable& table, const ConfigSection& section,
                               Problems& problems);

    std::string_view instance() const noexcept override { return instance_; }
    bool has(std::string_view name) const override;
    std::string text(std::string_view name) const override;
    Secret secret(std::string_view name) const override;
    milliseconds duration(std::string_view name) const override;
    std::int64_t number(std::string_view name) const override;
    bool boolean(std::string_view name) const override;
    std::vector<std::string> list(std::string_view name) const override;
    ValueMap map(std::string_view name) const override;
    std::string place(std::string_view name) const override;

    const std::string& label() const noexcept { return label_; }
    /// Where a setting stands, or the entry, or a member as place() names it; for adding a Problem
    /// about its meaning.
    const Place& placeOf(std::string_view name) const;
    /// In the order of the table.
    const std::vector<Setting>& settings() const noexcept { return settings_; }
    /// The same values under the same instance name; places do not matter. True means a reload can
    /// keep the instance.
    bool sameAs(const CheckedConfig& other) const;
    /// Names of the settings that differ, of two checked against the same table.
    std::vector<std::string> changes(const CheckedConfig& other) const;

private:
    const Setting& find(std::string_view name) const;
    const Setting& find(std::string_view name, Kind kind) const;

    std::string label_;
    std::string instance_;
    Place place_;
    std::vector<Setting> settings_;
};

/// A setting as it may be shown to people: secrets, and passwords in URLs, as
/// "***". Empty when not set.
std::string shown(const CheckedConfig::Setting& setting);

}  // namespace gatehouse
