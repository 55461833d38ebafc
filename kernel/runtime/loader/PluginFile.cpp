// SPDX-License-Identifier: Apache-2.0
#include "loader/PluginFile.h"

#include "loader/KnownPoints.h"

#include <Poco/Exception.h>
#include <Poco/Path.h>
#include <Poco/SharedLibrary.h>

#include <map>
#include <optional>
#include <string_view>

namespace gatehouse {

namespace {

std::string sdkVersion(std::uint16_t major, std::uint16_t minor) {
    return std::to_string(major) + "." + std::to_string(minor);
}

std::string quoted(std::string_view text) {
    return "\"" + std::string(text) + "\"";
}

/// The dynamic linker's message in an operator's words.
std::string linkerSays(const std::string& file, std::string text) {
    constexpr std::string_view missing =
        ": cannot open shared object file: No such file or directory";
    const auto end = text.find(missing);
    if (end != std::string::npos && text.compare(0, end, file) != 0) {
        const std::string library = text.substr(0, end);
        return library + " not found; install " + library.substr(0, library.find(".so"));
    }
    if (text.compare(0, file.size() + 2, file + ": ") == 0) {
        text.erase(0, file.size() + 2);
    }
    for (const char* notElf : {"invalid ELF header", "file too short", "wrong ELF class"}) {
        if (text.find(notElf) != std::string::npos) {
            return "not a shared library for this machine (" + text + ")";
        }
    }
    return "cannot be opened: " + text;
}

Result<const PluginDescriptor*, Refusal> readDescriptor(const std::string& file) {
    Poco::SharedLibrary library;
    try {
        library.load(file, Poco::SharedLibrary::SHLIB_LOCAL);
    } catch (const Poco::Exception& failure) {
        return Refusal{linkerSays(file, failure.message())};
    }
    if (!library.hasSymbol(pluginEntryName)) {
        return Refusal{"not a Gatehouse plugin (no symbol " + std::string(pluginEntryName) + ")"};
    }
    const auto entry = reinterpret_cast<EntryPoint>(library.getSymbol(pluginEntryName));
    const PluginDescriptor* descriptor = entry();
    if (descriptor == nullptr || descriptor->magic != pluginMagic) {
        return Refusal{"not a Gatehouse plugin (its descriptor has another magic number)"};
    }
    return descriptor;
}

/// Until SDK 1.0 only the same version fits: nothing but the first four fields may be read before
/// this check.
std::optional<std::string> wrongBuild(const PluginDescriptor& plugin) {
    const std::string ours = sdkVersion(sdkMajor, sdkMinor);
    if (plugin.sdkMajor != sdkMajor || plugin.sdkMinor != sdkMinor) {
        return "built for SDK " + sdkVersion(plugin.sdkMajor, plugin.sdkMinor) +
               ", this server speaks SDK " + ours + "; rebuild it with gatehouse-dev " + ours;
    }
    if (plugin.buildTag == nullptr || std::string_view(plugin.buildTag) != buildTag) {
        return "built with " + quoted(plugin.buildTag == nullptr ? "" : plugin.buildTag) +
               ", this server with " + quoted(buildTag);
    }
    return std::nullopt;
}

std::string pointNames() {
    std::string names;
    for (const auto& point : knownPoints()) {
        names += (names.empty() ? "" : ", ") + std::string(point.name);
    }
    return names;
}

std::optional<std::string> wrongPoint(const Point& point) {
    const Point* known = point.name == nullptr ? nullptr : knownPoint(point.name);
    if (known == nullptr) {
        return "implements " + quoted(point.name == nullptr ? "" : point.name) +
               ", which is no extension point of this server; it has " + pointNames();
    }
    if (point.version != known->version) {
        return "implements " + std::string(point.name) + " version " +
               std::to_string(point.version) + "; this server has version " +
               std::to_string(known->version);
    }
    return std::nullopt;
}

std::optional<std::string> wrongName(const PluginDescriptor& plugin, const std::string& expected) {
    if (plugin.name == nullptr || plugin.create == nullptr) {
        return "its descriptor has no name or makes nothing";
    }
    if (fullName(plugin) != expected) {
        return "calls itself " + fullName(plugin) + "; file and plugin must have the same name";
    }
    return std::nullopt;
}

Result<const PluginDescriptor*, Refusal> openLibrary(const std::string& file) {
    const Poco::Path path(file);
    const auto refuse = [&](const std::string& why) {
        return Refusal{path.getFileName() + ": " + why};
    };
    const auto descriptor = readDescriptor(file);
    if (!descriptor) {
        return refuse(descriptor.error().message);
    }
    const PluginDescriptor& plugin = **descriptor;
    if (const auto why = wrongBuild(plugin)) {
        return refuse(*why);
    }
    if (const auto why = wrongPoint(plugin.point)) {
        return refuse(*why);
    }
    if (const auto why = wrongName(plugin, path.getBaseName())) {
        return refuse(*why);
    }
    return &plugin;
}

}  // namespace

Result<const PluginDescriptor*, Refusal> openPlugin(const PluginPath& path) {
    static std::map<std::string, const PluginDescriptor*> loaded;
    if (const auto known = loaded.find(path.file); known != loaded.end()) {
        return known->second;
    }
    auto opened = openLibrary(path.pinned);
    if (opened) {
        loaded.emplace(path.file, *opened);
    }
    return opened;
}

std::string fullName(const PluginDescriptor& plugin) {
    return std::string(plugin.point.name) + "." + plugin.name;
}

}  // namespace gatehouse
