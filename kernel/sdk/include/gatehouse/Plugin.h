// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Config.h>
#include <gatehouse/Result.h>
#include <gatehouse/Version.h>

#include <cstddef>
#include <cstdint>

namespace gatehouse {

class Host;

/// How many instances of an extension point a server has.
enum class Cardinality : std::uint8_t {
    one,  ///< exactly one
    many,  ///< any number, chosen by name
    ordered  ///< any number, tried in the order of the configuration
};

/// An extension point: its name, the version of its interface, and how many instances it takes.
struct Point {
    const char* name;
    std::uint16_t version;
    Cardinality cardinality;
};

/// Base of everything that is loaded.
///
/// Threads: configure(), start() and stop() are called once, by the main thread, never while
/// requests run. Everything else is called by any worker thread, concurrently; an instance keeps no
/// state of a request. Exceptions stay inside: a call while serving returns Result. One that leaks
/// becomes `server_error`.
class Plugin {
public:
    Plugin() = default;
    Plugin(const Plugin&) = delete;
    Plugin& operator=(const Plugin&) = delete;
    virtual ~Plugin() = default;

    /// Read settings. No I/O, no other plugin yet. `host` lives as long as this instance.
    virtual Status configure(const Config& /*config*/, Host& /*host*/) { return done(); }
    /// Open and connect. What this plugin needs has started.
    virtual Status start() { return done(); }
    /// Undo start(); also called when start() failed half-way, and may be called twice.
    virtual void stop() noexcept {}
};

/// Names of extension points, of facades or of plugins, in static storage.
struct NameTable {
    const char* const* rows = nullptr;
    std::size_t size = 0;

    constexpr NameTable() = default;
    template <std::size_t N>
    constexpr NameTable(const char* const (&table)[N])  // NOLINT(google-explicit-constructor)
        : rows(table), size(N) {}
    const char* const* begin() const noexcept { return rows; }
    const char* const* end() const noexcept { return rows + size; }
};

constexpr std::uint32_t pluginMagic = 0x47415445;  // "GATE"

/// What a library says of itself. Plain data; the first four fields never move.
struct PluginDescriptor {
    std::uint32_t magic;
    std::uint16_t sdkMajor;
    std::uint16_t sdkMinor;
    const char* buildTag;
    Point point;
    const char* name;  ///< without the point: "sqlite"
    const char* version;  ///< the plugin's own
    const char* summary;  ///< one line
    const char* stability;  ///< "stable" or "preview"
    FieldTable fields;  ///< its config table
    NameTable needs;  ///< extension points and facades it asks Host for, and plugins it is no good
                      ///< without ("module.login"); each is there, and started before it
    Plugin* (*create)();  ///< the caller owns what it returns
};

/// The one symbol a plugin exports has this type.
using EntryPoint = const PluginDescriptor* (*)();
constexpr const char* pluginEntryName = "gatehouse_plugin";

/// The config table of plugin class P, for its tests; GATEHOUSE_PLUGIN defines it there.
template <class P> FieldTable fieldsOf();

namespace detail {

// What stands after the version in GATEHOUSE_PLUGIN: a summary, perhaps a config table, perhaps
// needs.
template <class... Rest> constexpr const char* summaryOf(const char* summary, const Rest&...) {
    return summary;
}
constexpr FieldTable fieldTable(const char*) {
    return {};
}
template <std::size_t N> constexpr FieldTable fieldTable(const char*, const Field (&fields)[N]) {
    return fields;
}
template <std::size_t N, std::size_t M>
constexpr FieldTable fieldTable(const char*, const Field (&fields)[N], const char* const (&)[M]) {
    return fields;
}
template <std::size_t M> constexpr FieldTable fieldTable(const char*, const char* const (&)[M]) {
    return {};
}
constexpr NameTable nameTable(const char*) {
    return {};
}
template <std::size_t N> constexpr NameTable nameTable(const char*, const Field (&)[N]) {
    return {};
}
template <std::size_t N, std::size_t M>
constexpr NameTable nameTable(const char*, const Field (&)[N], const char* const (&needs)[M]) {
    return needs;
}
template <std::size_t M> constexpr NameTable nameTable(const char*, const char* const (&needs)[M]) {
    return needs;
}

}  // namespace detail

}  // namespace gatehouse

/// Writes the entry point, and fieldsOf() for tests. Last come the summary and, optional, the
/// config table, then the points it needs (or the needs alone), each a constexpr array. Weak, so
/// that a test may link several plugins.
#define GATEHOUSE_PLUGIN(Class, name, version, ...)                                                \
    template <> gatehouse::FieldTable gatehouse::fieldsOf<Class>() {                               \
        return gatehouse::detail::fieldTable(__VA_ARGS__);                                         \
    }                                                                                              \
    extern "C" __attribute__((weak, visibility("default"))) const gatehouse::PluginDescriptor*     \
    gatehouse_plugin() noexcept {                                                                  \
        static const gatehouse::PluginDescriptor descriptor{                                       \
            gatehouse::pluginMagic,                                                                \
            gatehouse::sdkMajor,                                                                   \
            gatehouse::sdkMinor,                                                                   \
            gatehouse::buildTag,                                                                   \
            Class::point,                                                                          \
            name,                                                                                  \
            version,                                                                               \
            gatehouse::detail::summaryOf(__VA_ARGS__),                                             \
            "stable",                                                                              \
            gatehouse::detail::fieldTable(__VA_ARGS__),                                            \
            gatehouse::detail::nameTable(__VA_ARGS__),                                             \
            []() -> gatehouse::Plugin* { return new Class; }};                                     \
        return &descriptor;                                                                        \
    }
