// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Secret.h>
#include <gatehouse/Time.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// What a setting holds. Types come from the table, not from the file.
enum class Kind {
    text,
    secret,  ///< text, or {file: PATH}; never printed
    url,  ///< absolute, with a scheme
    path,  ///< a file or folder
    duration,  ///< "250ms", "3s", "5m", "1h", "30d"
    number,  ///< a whole number
    boolean,  ///< true or false
    list,  ///< a list of texts
    map  ///< free members; read with Config::map()
};

/// Whether a setting must be there, and what it is otherwise.
struct Presence {
    bool isRequired = false;
    const char* byDefault = nullptr;  ///< as it would stand in the file; nullptr: none
};
constexpr Presence required{true, nullptr};
constexpr Presence optional{false, nullptr};
constexpr Presence byDefault(const char* value) {
    return {false, value};
}

/// What values are allowed, beyond the kind.
struct Limits {
    std::int64_t least =
        INT64_MIN;  ///< number; for a duration in milliseconds; for a text its length
    std::int64_t most = INT64_MAX;
    const char* choices = nullptr;  ///< "query|form_post": one of these; for a list, each of them
};
constexpr Limits between(std::int64_t least, std::int64_t most) {
    return {least, most, nullptr};
}
constexpr Limits oneOf(const char* choices) {
    return {INT64_MIN, INT64_MAX, choices};
}

/// A row of a plugin's config table. All pointers are to static storage.
struct Field {
    const char* name;
    Kind kind;
    Presence presence;
    const char* summary;  ///< one line for the reference
    Limits limits = {};
};

/// A plugin's config table: `constexpr Field fields[] = {...}`.
struct FieldTable {
    const Field* rows = nullptr;
    std::size_t size = 0;

    constexpr FieldTable() = default;
    template <std::size_t N>
    constexpr FieldTable(const Field (&table)[N])  // NOLINT(google-explicit-constructor)
        : rows(table), size(N) {}
    const Field* begin() const noexcept { return rows; }
    const Field* end() const noexcept { return rows + size; }
};

class ValueMap;

/// The checked settings of one plugin instance; implemented by the kernel, grows at its end.
/// Asking for a name that is not in the plugin's table, or as another kind, throws
/// std::logic_error. Valid during configure() only.
class Config {
public:
    virtual ~Config() = default;
    /// The instance's name: `name:` of its entry, or else the plugin's own.
    virtual std::string_view instance() const noexcept = 0;
    /// Was it set, or has it a default?
    virtual bool has(std::string_view name) const = 0;
    /// For text, url and path. Empty when not set.
    virtual std::string text(std::string_view name) const = 0;
    virtual Secret secret(std::string_view name) const = 0;
    /// 0 when not set.
    virtual milliseconds duration(std::string_view name) const = 0;
    virtual std::int64_t number(std::string_view name) const = 0;
    virtual bool boolean(std::string_view name) const = 0;
    virtual std::vector<std::string> list(std::string_view name) const = 0;
    virtual ValueMap map(std::string_view name) const = 0;
    /// "file:line:column" of the setting, for messages about its meaning; of the entry when it is
    /// not set. "name.member.member" is a member of a map.
    virtual std::string place(std::string_view name) const = 0;
};

}  // namespace gatehouse
