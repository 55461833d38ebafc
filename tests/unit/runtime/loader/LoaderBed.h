// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/Configuration.h"
#include "loader/Lifecycle.h"
#include "loader/PluginLoader.h"

#include <cppunit/TestAssert.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace CppUnit {

/// Prints lists of lines in failed assertions.
template <> struct assertion_traits<std::vector<std::string>> {
    using Lines = std::vector<std::string>;
    static bool equal(const Lines& left, const Lines& right) { return left == right; }
    static std::string toString(const Lines& lines) {
        std::string all;
        for (const auto& line : lines) {
            all += "\n  " + line;
        }
        return all;
    }
};

}  // namespace CppUnit

namespace gatehouse {

using Lines = std::vector<std::string>;

/// Their folder.
extern const char* const brokenPlugins;

/// A configuration file in a folder of its own, and the real loader run on it.
class LoaderBed {
public:
    /// `plugins`: what stands under `plugins:`, each line without its indent.
    explicit LoaderBed(const std::vector<std::string>& plugins,
                       const std::string& folder = brokenPlugins);
    ~LoaderBed();

    /// Everything up to configure(). The problems, with the file's name as FILE and the plugins'
    /// folder as DIR.
    std::vector<std::string> load();
    std::vector<std::string> loadAfter(LoaderBed& before);
    /// start() after a load() without problems; what went wrong.
    std::optional<std::string> start();
    void stop() { lifecycle_->stop(); }

    /// What instances told their logs: "event_sink.recording (a): started".
    const std::vector<std::string>& log() const noexcept { return *log_; }
    std::vector<std::string> satOut() const;
    /// After load().
    std::vector<std::string> warnings() const;
    /// Labels, in the order in which they start.
    std::vector<std::string> order() const;
    PluginRegistry& registry() noexcept { return loader_->registry(); }
    const std::filesystem::path& folder() const noexcept { return folder_; }

private:
    void prepare();
    std::vector<std::string> finish();

    std::filesystem::path folder_;
    std::string pluginFolder_;
    std::shared_ptr<std::vector<std::string>> log_ = std::make_shared<std::vector<std::string>>();
    std::unique_ptr<PluginLoader> loader_;
    std::unique_ptr<Lifecycle> lifecycle_;
    std::vector<std::string> lateSatOut_;
};

/// The one problem that a plugin makes at line 3, the first of the list.
std::string refusal(const std::string& name);

}  // namespace gatehouse
