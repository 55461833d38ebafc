// SPDX-License-Identifier: Apache-2.0
#include "page/PageFiles.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>

namespace gatehouse {

namespace {

namespace fs = std::filesystem;

std::optional<PageFile> readFile(const fs::path& path, std::vector<std::string>& problems) {
    std::ifstream stream(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
    if (!stream) {
        problems.push_back(path.string() + ": cannot be read");
        return std::nullopt;
    }
    return PageFile{path.string(), std::move(text)};
}

/// The files of a folder with this extension, by their stem; nothing when there is no such folder.
std::map<std::string, fs::path> listFolder(const fs::path& folder, const std::string& extension) {
    std::map<std::string, fs::path> found;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error)) {
        if (entry.path().extension() == extension) {
            found[entry.path().stem().string()] = entry.path();
        }
    }
    return found;
}

void readOptional(const fs::path& path, PageFile& file, std::vector<std::string>& problems) {
    std::error_code error;
    if (fs::exists(path, error)) {
        if (auto found = readFile(path, problems)) {
            file = std::move(*found);
        }
    }
}

void readTemplates(const fs::path& folder, std::map<std::string, PageFile>& templates,
                   std::vector<std::string>& problems) {
    for (const auto& [name, path] : listFolder(folder, ".html")) {
        if (auto file = readFile(path, problems)) {
            templates[name] = std::move(*file);
        }
    }
}

void readTexts(const fs::path& folder, PageFiles& files) {
    for (const auto& [language, path] : listFolder(folder, ".json")) {
        if (auto file = readFile(path, files.problems)) {
            files.texts[language].push_back(std::move(*file));
        }
    }
}

void readFolder(const fs::path& folder, PageFiles& files) {
    readTemplates(folder, files.pages, files.problems);
    readTemplates(folder / "parts", files.parts, files.problems);
    readOptional(folder / "style.css", files.style, files.problems);
    readOptional(folder / "icon.svg", files.icon, files.problems);
}

}  // namespace

PageFiles PageFiles::read(const PageFolders& folders) {
    PageFiles files;
    readFolder(folders.pages, files);
    readTexts(folders.locale, files);
    if (files.pages.empty()) {
        files.problems.push_back(folders.pages + ": has no pages");
    }
    if (files.texts.empty()) {
        files.problems.push_back(folders.locale + ": has no texts");
    }
    if (!folders.overrides.empty()) {
        std::error_code error;
        if (!fs::is_directory(folders.overrides, error)) {
            files.problems.push_back(folders.overrides + ": is not a folder");
        }
        readFolder(folders.overrides, files);
        readTexts(fs::path(folders.overrides) / "locale", files);
    }
    return files;
}

}  // namespace gatehouse
