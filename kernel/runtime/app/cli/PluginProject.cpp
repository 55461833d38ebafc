// SPDX-License-Identifier: Apache-2.0
#include "app/cli/PluginProject.h"

#include "app/cli/Output.h"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <iterator>
#include <regex>
#include <string_view>
#include <system_error>

namespace gatehouse {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view placeholder = "acme";
constexpr std::size_t longestName = 40;

/// "my_store" as a class is called: "MyStore".
std::string classOf(const std::string& name) {
    std::string text;
    bool isFirst = true;
    for (const char letter : name) {
        if (letter != '_') {
            text += isFirst ? static_cast<char>(std::toupper(static_cast<unsigned char>(letter)))
                            : letter;
        }
        isFirst = letter == '_';
    }
    return text;
}

Result<std::string> textOf(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(file), {}};
    return file ? Result<std::string>(std::move(text))
                : Error::unavailable(path.string() + ": cannot be read");
}

Status writeNew(const fs::path& path, const std::string& text, fs::perms mode) {
    std::error_code wrong;
    fs::create_directories(path.parent_path(), wrong);
    std::ofstream file(path, std::ios::binary);
    file << text << std::flush;
    if (!file) {
        return Error::unavailable(path.string() + ": cannot be written");
    }
    fs::permissions(path, mode & fs::perms::owner_exec, fs::perm_options::add, wrong);
    return done();
}

}  // namespace

std::vector<std::string> PluginProject::points(const fs::path& templates) {
    std::vector<std::string> points;
    std::error_code missing;
    for (const auto& entry : fs::directory_iterator(templates, missing)) {
        const auto name = entry.path().filename().string();
        if (entry.is_directory() && name != "common") {
            points.push_back(name);
        }
    }
    std::sort(points.begin(), points.end());
    return points;
}

Result<PluginProject> PluginProject::of(const fs::path& templates, const std::string& point,
                                        const std::string& name) {
    const auto all = points(templates);
    if (all.empty()) {
        return Error::unavailable("there are no templates in " + templates.string() +
                                  "; they come with gatehouse-dev (Debian), gatehouse-devel "
                                  "(Fedora)");
    }
    if (std::find(all.begin(), all.end(), point) == all.end()) {
        return Error::badInput("there is no template for \"" + point + "\" but for " + joined(all));
    }
    static const std::regex names("[a-z][a-z0-9]*(_[a-z0-9]+)*");
    if (name.size() > longestName || !std::regex_match(name, names)) {
        return Error::badInput("a plugin is called by at most " + std::to_string(longestName) +
                               " small letters, digits and single \"_\" between them, as "
                               "\"my_people\"; that is not \"" +
                               name + "\"");
    }
    return PluginProject({templates / "common", templates / point}, name);
}

Result<std::vector<std::string>> PluginProject::write(const fs::path& folder) const {
    std::error_code missing;
    if (fs::exists(folder, missing) && !fs::is_empty(folder, missing)) {
        return Error::badInput(folder.string() + ": is there and not empty; nothing was written. "
                                                 "Choose another folder with --into");
    }
    std::vector<std::string> written;
    for (const auto& source : sources_) {
        for (const auto& entry : fs::recursive_directory_iterator(source)) {
            const auto name = named(fs::relative(entry.path(), source).string());
            if (!entry.is_regular_file()) {
                continue;
            }
            if (const auto status = copy(entry, folder / name); !status) {
                return status.error();
            }
            written.push_back(name);
        }
    }
    std::sort(written.begin(), written.end());
    return written;
}

Status PluginProject::copy(const fs::directory_entry& from, const fs::path& to) const {
    const auto text = textOf(from.path());
    return text ? writeNew(to, named(*text), from.status().permissions()) : Status(text.error());
}

/// The text with the plugin's own name, as it is and as a class has it.
std::string PluginProject::named(const std::string& text) const {
    const std::string asClass = classOf(name_);
    std::string result;
    for (std::size_t at = 0; at < text.size();) {
        const bool isClass = text.compare(at, placeholder.size(), "Acme") == 0;
        if (isClass || text.compare(at, placeholder.size(), placeholder) == 0) {
            result += isClass ? asClass : name_;
            at += placeholder.size();
        } else {
            result += text[at++];
        }
    }
    return result;
}

}  // namespace gatehouse
