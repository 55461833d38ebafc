// SPDX-License-Identifier: Apache-2.0
#include "page/PageFiles.h"

#include "text/Utf8.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string_view>
#include <system_error>

namespace gatehouse {

namespace {

namespace fs = std::filesystem;

/// Where the first byte is that is no UTF-8.
std::size_t firstBadByte(std::string_view text) {
    std::size_t at = 0;
    while (const auto length = utf8Length(text.substr(at))) {
        at += length;
    }
    return at;
}

/// A folder of pages, read into `files`.
class FolderReader {
public:
    FolderReader(PageFiles& files, bool isOwn) : files_(files), isOwn_(isOwn) {}

    void readPages(const fs::path& folder) {
        readTemplates(folder, files_.pages);
        readTemplates(folder / "parts", files_.parts);
        readOptional(folder / "style.css", files_.style);
        readOptional(folder / "icon.svg", files_.icon);
    }
    void readTexts(const fs::path& folder) {
        for (const auto& [language, path] : listFolder(folder, ".json")) {
            if (auto file = readFile(path)) {
                files_.texts[language].push_back(std::move(*file));
            }
        }
    }

private:
    void report(const std::string& place, const std::string& problem) {
        files_.problems.push_back(place + ": " + problem);
    }

    std::optional<PageFile> readFile(const fs::path& path) {
        std::error_code error;
        if (fs::is_directory(path, error)) {
            report(path.string(), "is a folder, not a file");
            return std::nullopt;
        }
        std::ifstream stream(path, std::ios::binary);
        std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
        if (!stream) {
            report(path.string(), "cannot be read");
            return std::nullopt;
        }
        PageFile file{path.string(), std::move(text), isOwn_};
        if (const auto bad = firstBadByte(file.text); bad < file.text.size()) {
            report(file.place(bad), "is not UTF-8; save the file as UTF-8");
            return std::nullopt;
        }
        return file;
    }

    /// The files of a folder with this extension, by their stem; nothing when there is no such
    /// folder.
    std::map<std::string, fs::path> listFolder(const fs::path& folder,
                                               const std::string& extension) {
        std::map<std::string, fs::path> found;
        std::error_code error;
        for (const auto& entry : fs::directory_iterator(folder, error)) {
            if (entry.path().extension() == extension) {
                found[entry.path().stem().string()] = entry.path();
            }
        }
        if (error && error != std::errc::no_such_file_or_directory) {
            report(folder.string(), "cannot be read: " + error.message());
        }
        return found;
    }

    void readOptional(const fs::path& path, PageFile& file) {
        std::error_code error;
        if (fs::exists(path, error)) {
            if (auto found = readFile(path)) {
                file = std::move(*found);
            }
        }
    }

    void readTemplates(const fs::path& folder, std::map<std::string, PageFile>& templates) {
        for (const auto& [name, path] : listFolder(folder, ".html")) {
            if (auto file = readFile(path)) {
                file->replaced = std::move(templates[name].text);
                templates[name] = std::move(*file);
            }
        }
    }

    PageFiles& files_;
    bool isOwn_;
};

}  // namespace

PageFiles PageFiles::read(const PageFolders& folders) {
    PageFiles files;
    FolderReader installed(files, false);
    installed.readPages(folders.pages);
    installed.readTexts(folders.locale);
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
            return files;
        }
        FolderReader own(files, true);
        own.readPages(folders.overrides);
        own.readTexts(fs::path(folders.overrides) / "locale");
    }
    return files;
}

std::string PageFile::place(std::size_t offset) const {
    const auto before = std::string_view(text).substr(0, offset);
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const auto begins = before.rfind('\n') + 1;
    const auto column = std::count_if(before.begin() + begins, before.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;  // begins a character
    });
    return path + ":" + std::to_string(line) + ":" + std::to_string(column + 1);
}

}  // namespace gatehouse
