// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>

#include <filesystem>
#include <string>
#include <vector>

namespace gatehouse {

/// A project for a plugin of one's own, written from templates: a folder `common` and one for each
/// point, whose files are a whole plugin of the name "acme".
class PluginProject {
public:
    /// The points that `templates` has one for, sorted.
    static std::vector<std::string> points(const std::filesystem::path& templates);
    /// Fault::badInput for a point without a template and a name that is none.
    static Result<PluginProject> of(const std::filesystem::path& templates,
                                    const std::string& point, const std::string& name);

    /// The names of the files that were written into `folder`, which is not there or empty;
    /// Fault::badInput otherwise.
    Result<std::vector<std::string>> write(const std::filesystem::path& folder) const;

private:
    PluginProject(std::vector<std::filesystem::path> sources, std::string name)
        : sources_(std::move(sources)), name_(std::move(name)) {}
    Status copy(const std::filesystem::directory_entry& from,
                const std::filesystem::path& to) const;
    std::string named(const std::string& text) const;

    std::vector<std::filesystem::path> sources_;
    std::string name_;
};

}  // namespace gatehouse
