// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Config.h>
#include <gatehouse/Result.h>
#include <gatehouse/Version.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

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
    /// The interface of this name and version that the plugin has beside its point; nullptr: none.
    /// Asked by capabilityOf(), answered by With: see gatehouse/Capability.h.
    virtual void* capability(std::string_view /*name*/, std::uint16_t /*version*/) noexcept {
        return nullptr;
    }
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

/// What a library says of one plugin in it. Plain data; the first four fields never move.
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
    const PluginDescriptor* next = nullptr;  ///< another plugin of the same library
};

/// The one symbol a library exports has this type; it gives the first of its plugins.
using EntryPoint = const PluginDescriptor* (*)();
constexpr const char* pluginEntryName = "gatehouse_plugin";

/// What plugin class P says of itself; GATEHOUSE_DESCRIBE defines it.
template <class P> PluginDescriptor descriptorOf();

/// The config table of plugin class P, for its tests.
template <class P> FieldTable fieldsOf() {
    return descriptorOf<P>().fields;
}

namespace detail {

/// What stands after the version in GATEHOUSE_DESCRIBE.
struct Description {
    const char* summary;
    FieldTable fields;
    NameTable needs;

    // NOLINTNEXTLINE(google-explicit-constructor)
    constexpr Description(const char* line) : summary(line) {}
    constexpr Description(const char* line, FieldTable table) : summary(line), fields(table) {}
    constexpr Description(const char* line, NameTable names) : summary(line), needs(names) {}
    constexpr Description(const char* line, FieldTable table, NameTable names)
        : summary(line), fields(table), needs(names) {}
};

template <class P>
PluginDescriptor describe(const char* name, const char* version, const Description& rest) {
    return {pluginMagic, sdkMajor,    sdkMinor,   buildTag,
            P::point,    name,        version,    rest.summary,
            "stable",    rest.fields, rest.needs, []() -> Plugin* { return new P; }};
}

template <class... P> std::array<PluginDescriptor, sizeof...(P)> descriptorsOf() {
    return {descriptorOf<P>()...};
}
template <std::size_t N> void chain(std::array<PluginDescriptor, N>& plugins) {
    for (std::size_t next = 1; next < N; ++next) {
        plugins[next - 1].next = &plugins[next];
    }
}

}  // namespace detail

}  // namespace gatehouse

/// Says what a plugin class is. Last come the summary and, optional, the config table, then the
/// points it needs (or the needs alone), each a constexpr array.
#define GATEHOUSE_DESCRIBE(Class, name, version, ...)                                              \
    template <> gatehouse::PluginDescriptor gatehouse::descriptorOf<Class>() {                     \
        return gatehouse::detail::describe<Class>(name, version, {__VA_ARGS__});                   \
    }

/// Writes the entry point of a library that holds these plugins, all of them described; the library
/// has the first one's name. Weak, so that a test may link several libraries.
#define GATEHOUSE_LIBRARY(...)                                                                     \
    extern "C" __attribute__((weak, visibility("default"))) const gatehouse::PluginDescriptor*     \
    gatehouse_plugin() noexcept {                                                                  \
        static auto plugins = gatehouse::detail::descriptorsOf<__VA_ARGS__>();                     \
        gatehouse::detail::chain(plugins);                                                         \
        return plugins.data();                                                                     \
    }

/// A library with one plugin: both in one.
#define GATEHOUSE_PLUGIN(Class, ...)                                                               \
    GATEHOUSE_DESCRIBE(Class, __VA_ARGS__)                                                         \
    GATEHOUSE_LIBRARY(Class)
