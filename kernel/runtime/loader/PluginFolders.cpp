// SPDX-License-Identifier: Apache-2.0
#include "loader/PluginFolders.h"

#include "file/FileDescriptor.h"
#include "file/Way.h"
#include "text/Suggest.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace gatehouse {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view suffix = ".so";

bool isNamePart(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
}

bool isPluginName(std::string_view use) {
    const auto dot = use.find('.');
    return dot != std::string_view::npos && isNamePart(use.substr(0, dot)) &&
           isNamePart(use.substr(dot + 1));
}

enum class Role { above, last };

/// What lets somebody else than root or this process's user put code here; nothing when all is
/// well. In a sticky folder what others put beside it does no harm.
std::optional<std::string> openToOthers(const fs::path& path, const struct stat& facts, Role role) {
    if (facts.st_uid != 0 && facts.st_uid != ::geteuid()) {
        return path.string() + " belongs to user " + std::to_string(facts.st_uid) +
               "; it must belong to root or to the user the server runs as";
    }
    const bool isSticky = role == Role::above && (facts.st_mode & S_ISVTX) != 0;
    if ((facts.st_mode & (S_IWGRP | S_IWOTH)) != 0 && !isSticky) {
        return path.string() + " can be written by others than its owner; run chmod go-w " +
               path.string();
    }
    return std::nullopt;
}

std::optional<std::string> openToOthers(const fs::path& path, const FileDescriptor& opened,
                                        Role role) {
    struct stat facts {};
    return ::fstat(opened.number(), &facts) == 0 ? openToOthers(path, facts, role)
                                                 : path.string() + " cannot be read";
}

/// By name: whoever can change a link on the way chooses what is loaded.
std::optional<std::string> wayIsOpenToOthers(const fs::path& folder) {
    return wrongOnTheWay(folder, [&](const fs::path& path, const FileDescriptor& opened) {
        return openToOthers(path, opened, path == folder ? Role::last : Role::above);
    });
}

/// Kept open for good: by this number the linker knows what it has loaded.
int pinned(FileDescriptor folder) {
    static std::map<std::pair<dev_t, ino_t>, FileDescriptor> known;
    struct stat facts {};
    ::fstat(folder.number(), &facts);
    return known.try_emplace({facts.st_dev, facts.st_ino}, std::move(folder))
        .first->second.number();
}

/// Goes down to the real file, from the root and by descriptors: what is looked at is what will be
/// loaded, whatever is renamed meanwhile.
Result<std::string, Refusal> pin(const fs::path& real) {
    FileDescriptor folder(::open("/", O_PATH | O_CLOEXEC));
    FileDescriptor next;
    fs::path path = "/";
    for (const auto& part : real.relative_path()) {
        path /= part;
        next = FileDescriptor(
            ::openat(folder.number(), part.c_str(), O_PATH | O_NOFOLLOW | O_CLOEXEC));
        const bool isAbove = path != real && path != real.parent_path();
        if (auto problem = openToOthers(path, next, isAbove ? Role::above : Role::last)) {
            return Refusal{*problem};
        }
        if (path != real) {
            folder = std::move(next);
        }
    }
    return "/proc/self/fd/" + std::to_string(pinned(std::move(folder))) + "/" +
           real.filename().string();
}

std::string joined(const std::vector<std::string>& texts) {
    std::string all;
    for (const auto& text : texts) {
        all += (all.empty() ? "" : " or ") + text;
    }
    return all;
}

}  // namespace

PluginFolders::PluginFolders(std::vector<std::string> folders) : folders_(std::move(folders)) {}

std::optional<std::string> PluginFolders::folderOf(std::string_view use) const {
    const auto plugin = find(use);
    if (!plugin) {
        return std::nullopt;
    }
    std::error_code ignored;
    const fs::path folder = fs::canonical(plugin->file, ignored).replace_extension();
    return fs::is_directory(folder, ignored) ? std::optional(folder.string()) : std::nullopt;
}

Result<PluginPath, Refusal> PluginFolders::find(std::string_view use) const {
    if (!isPluginName(use)) {
        return Refusal{"\"" + std::string(use) +
                       "\" is not a plugin's name (such as user_store.local)" + hint(use)};
    }
    for (const auto& folder : folders_) {
        const fs::path file = fs::path(folder) / (std::string(use) + std::string(suffix));
        std::error_code failure;
        if (!fs::is_regular_file(file, failure)) {
            continue;
        }
        if (auto problem = wayIsOpenToOthers(fs::absolute(folder).lexically_normal())) {
            return Refusal{*problem};
        }
        auto opened = pin(fs::canonical(file, failure));
        if (!opened) {
            return opened.error();
        }
        return PluginPath{file.string(), *std::move(opened)};
    }
    return unknown(use);
}

std::vector<std::string> PluginFolders::installed() const {
    std::set<std::string> names;
    for (const auto& folder : folders_) {
        std::error_code failure;
        for (const auto& entry : fs::directory_iterator(folder, failure)) {
            const std::string name = entry.path().stem().string();
            if (entry.path().extension() == suffix && isPluginName(name)) {
                names.insert(name);
            }
        }
    }
    return {names.begin(), names.end()};
}

std::vector<std::string> PluginFolders::installed(std::string_view point) const {
    std::vector<std::string> names = installed();
    const std::string prefix = std::string(point) + ".";
    names.erase(std::remove_if(names.begin(), names.end(),
                               [&](const std::string& name) {
                                   return name.compare(0, prefix.size(), prefix) != 0;
                               }),
                names.end());
    return names;
}

std::optional<std::string> PluginFolders::emptiness() const {
    if (!installed().empty()) {
        return std::nullopt;
    }
    std::error_code failure;
    const bool isThere = std::any_of(folders_.begin(), folders_.end(), [&](const auto& folder) {
        return fs::is_directory(folder, failure);
    });
    return isThere ? "no plugins are in " + joined(folders_)
                   : "the folder " + joined(folders_) + " is not there";
}

Refusal PluginFolders::unknown(std::string_view use) const {
    return {"no plugin \"" + std::string(use) + "\" in " + joined(folders_) + hint(use)};
}

/// "refresh_token" is meant to be "grant.refresh_token".
std::string PluginFolders::hint(std::string_view use) const {
    const std::vector<std::string> known = installed();
    const auto named = std::find_if(known.begin(), known.end(), [&](const std::string& name) {
        return std::string_view(name).substr(name.find('.') + 1) == use;
    });
    const std::string near = named != known.end() ? *named : closest(use, known);
    return near.empty() ? "" : "; did you mean \"" + near + "\"?";
}

}  // namespace gatehouse
