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
    if (descriptor == nullptr) {
        return Refusal{"not a Gatehouse plugin (it has no descriptor)"};
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

std::optional<std::string> wrongPoint(const PluginDescriptor& plugin) {
    const Point& point = plugin.point;
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

std::optional<std::string> wrongShape(const PluginDescriptor& plugin) {
    return plugin.name == nullptr || plugin.create == nullptr
               ? std::optional<std::string>("its descriptor has no name or makes nothing")
               : std::nullopt;
}

std::string namesIn(const Library& library) {
    std::string names;
    for (const auto* plugin : library) {
        names += (names.empty() ? "" : " and ") + fullName(*plugin);
    }
    return names;
}

/// All plugins of a library. Nothing is read of one before it was checked.
Result<Library, std::string> checked(const PluginDescriptor* first) {
    Library library;
    for (const auto* plugin = first; plugin != nullptr; plugin = plugin->next) {
        if (plugin->magic != pluginMagic) {
            return std::string("not a Gatehouse plugin (its descriptor has another magic number)");
        }
        for (const auto& check : {wrongBuild, wrongPoint, wrongShape}) {
            if (auto why = check(*plugin)) {
                return *std::move(why);
            }
        }
        library.push_back(plugin);
    }
    return library;
}

Result<Library, Refusal> openLibrary(const PluginPath& path) {
    const auto refuse = [&](const std::string& why) {
        return Refusal{Poco::Path(path.file).getFileName() + ": " + why};
    };
    const auto first = readDescriptor(path.pinned);
    if (!first) {
        return refuse(first.error().message);
    }
    auto library = checked(*first);
    return library ? Result<Library, Refusal>{*std::move(library)} : refuse(library.error());
}

}  // namespace

Result<OpenedPlugin, Refusal> openPlugin(const PluginPath& path) {
    static std::map<std::string, Library> loaded;
    auto known = loaded.find(path.file);
    if (known == loaded.end()) {
        auto opened = openLibrary(path);
        if (!opened) {
            return opened.error();
        }
        known = loaded.emplace(path.file, *std::move(opened)).first;
    }
    const Library& library = known->second;
    const std::string expected = Poco::Path(path.file).getBaseName();
    for (const auto* plugin : library) {
        if (fullName(*plugin) == expected) {
            return OpenedPlugin{plugin, &library};
        }
    }
    return Refusal{expected + ".so: calls itself " + namesIn(library) +
                   "; file and plugin must have the same name"};
}

std::string fullName(const PluginDescriptor& plugin) {
    return std::string(plugin.point.name) + "." + plugin.name;
}

}  // namespace gatehouse
