// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/Configuration.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

namespace gatehouse {

constexpr Field oauthOfTests[] = {{"issuer", Kind::url, optional, "the issuer"},
                                  {"mtls_url", Kind::url, optional, "where certificates are"},
                                  {"profile", Kind::text, optional, "what clients are held to"}};

/// A folder that is gone in the end.
class ScratchFolder {
public:
    ScratchFolder() {
        std::string pattern =
            (std::filesystem::temp_directory_path() / "gatehouse-app-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) {
            throw std::runtime_error("no temporary folder");
        }
        path_ = pattern;
    }
    ~ScratchFolder() { std::filesystem::remove_all(path_); }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    const std::filesystem::path& path() const noexcept { return path_; }

private:
    std::filesystem::path path_;
};

/// The configuration that a YAML text says.
inline Configuration configurationOf(const std::string& text, const std::filesystem::path& folder) {
    const auto file = folder / "gatehouse.yaml";
    std::ofstream(file) << text << "\nmodules: [operations]\n";
    Problems problems;
    auto configuration = Configuration::read({file.string(), {}, oauthOfTests}, problems);
    if (!problems.empty()) {
        throw std::runtime_error(problems.text());
    }
    return configuration;
}

}  // namespace gatehouse
