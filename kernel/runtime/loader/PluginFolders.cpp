// SPDX-License-Identifier: Apache-2.0
#include "loader/PluginFolders.h"

#include "text/Suggest.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
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

/// What lets somebody else than root or this process's user put code here; nothing when all is
/// well.
std::optional<std::string> openToOthers(const fs::path& path) {
    struct stat facts {};
    if (::stat(path.c_str(), &facts) != 0) {
        return path.string() + " cannot be read";
    }
    if (facts.st_uid != 0 && facts.st_uid != ::geteuid()) {
        return path.string() + " belongs to user " + std::to_string(facts.st_uid) +
               "; it must belong to root or to the user the server runs as";
    }
    if ((facts.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
        return path.string() + " can be written by others than its owner; run chmod go-w " +
               path.string();
    }
    return std::nullopt;
}

std::optional<std::string> openToOthers(const fs::path& folder, const fs::path& file) {
    std::error_code failure;
    const fs::path real = fs::canonical(file, failure);
    const fs::path& checked = failure ? file : real;
    for (const auto& path : {folder, checked.parent_path(), checked}) {
        if (auto problem = openToOthers(path)) {
            return problem;
        }
    }
    return std::nullopt;
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

Result<std::string, Refusal> PluginFolders::find(std::string_view use) const {
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
        if (auto problem = openToOthers(folder, file)) {
            return Refusal{*problem};
        }
        return file.string();
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
