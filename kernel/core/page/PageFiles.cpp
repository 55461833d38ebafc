// SPDX-License-Identifier: Apache-2.0
#include "page/PageFiles.h"

#include "file/GivenFile.h"
#include "text/Utf8.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string_view>
#include <system_error>

namespace gatehouse {

namespace {

namespace fs = std::filesystem;

constexpr FileWish pageWish{Keeping::shared, 1 << 20U};

/// Where the first byte is that is no UTF-8.
std::size_t firstBadByte(std::string_view text) {
    std::size_t at = 0;
    while (const auto length = utf8Length(text.substr(at))) {
        at += length;
    }
    return at;
}

/// A folder of pages or texts, read into `files`.
class FolderReader {
public:
    FolderReader(PageFiles& files, const std::string& path, bool isOwn)
        : files_(files), folder_(GivenFolder::open(path, Keeping::shared)), path_(path),
          isOwn_(isOwn) {
        std::error_code ignored;
        if (!folder_ && fs::exists(path, ignored)) {
            files_.problems.push_back(folder_.error().detail);
        }
    }

    void readPages() {
        readTemplates("", ".html", files_.pages);
        readTemplates("parts", ".html", files_.parts);
        readTemplates("mail", ".txt", files_.mails);
        readOptional("style.css", files_.style);
        readOptional("icon.svg", files_.icon);
    }
    void readTexts(const fs::path& folder) {
        for (const auto& name : list(folder, ".json")) {
            if (auto file = readFile(name)) {
                files_.texts[name.stem()].push_back(std::move(*file));
            }
        }
    }

private:
    std::optional<PageFile> readFile(const fs::path& name) {
        auto given = folder_->read(name, pageWish);
        if (!given) {
            files_.problems.push_back(given.error().detail);
            return std::nullopt;
        }
        PageFile file{fs::path(path_) / name, std::move(given->text), isOwn_};
        if (const auto bad = firstBadByte(file.text); bad < file.text.size()) {
            files_.problems.push_back(file.place(bad) + ": is not UTF-8; save the file as UTF-8");
            return std::nullopt;
        }
        return file;
    }

    /// The files with this extension; nothing when there is no such folder.
    std::vector<fs::path> list(const fs::path& folder, const std::string& extension) {
        std::vector<fs::path> found;
        if (!folder_) {
            return found;
        }
        const auto names = folder_->names(folder.empty() ? "." : folder.string());
        if (!names) {
            files_.problems.push_back(names.error().detail);
            return found;
        }
        for (const fs::path name : *names) {
            if (name.extension() == extension) {
                found.push_back(folder / name);
            }
        }
        return found;
    }

    void readOptional(const std::string& name, PageFile& file) {
        if (folder_ && folder_->has(name)) {
            if (auto found = readFile(name)) {
                file = std::move(*found);
            }
        }
    }

    void readTemplates(const fs::path& folder, const std::string& extension,
                       std::map<std::string, PageFile>& templates) {
        for (const auto& name : list(folder, extension)) {
            if (auto file = readFile(name)) {
                auto& known = templates[name.stem()];
                file->replaced = std::move(known.text);
                known = std::move(*file);
            }
        }
    }

    PageFiles& files_;
    Result<GivenFolder> folder_;
    std::string path_;
    bool isOwn_;
};

}  // namespace

PageFiles PageFiles::read(const PageFolders& folders) {
    PageFiles files;
    FolderReader(files, folders.pages, false).readPages();
    FolderReader(files, folders.locale, false).readTexts("");
    if (files.pages.empty()) {
        files.problems.push_back(folders.pages + ": has no pages");
    }
    if (files.texts.empty()) {
        files.problems.push_back(folders.locale + ": has no texts");
    }
    std::vector<PageFiles> added;
    for (const auto& folder : folders.ofPlugins) {
        FolderReader reader(added.emplace_back(), folder, false);
        reader.readPages();
        reader.readTexts("locale");
        files.addPages(added.back());
    }
    if (!folders.overrides.empty()) {
        std::error_code error;
        if (!fs::is_directory(folders.overrides, error)) {
            files.problems.push_back(folders.overrides + ": is not a folder");
            return files;
        }
        FolderReader own(files, folders.overrides, true);
        own.readPages();
        own.readTexts("locale");
    }
    for (auto& one : added) {
        files.addTexts(one);
    }
    return files;
}

void PageFiles::addPages(const PageFiles& added) {
    add(added.pages, pages, "page");
    add(added.parts, parts, "part");
    add(added.mails, mails, "mail");
    problems.insert(problems.end(), added.problems.begin(), added.problems.end());
}

void PageFiles::add(const std::map<std::string, PageFile>& added,
                    std::map<std::string, PageFile>& all, const std::string& kind) {
    for (const auto& [name, file] : added) {
        const auto [known, isNew] = all.try_emplace(name, file);
        if (!isNew) {
            problems.push_back(file.path + ": " + known->second.path + " is a " + kind +
                               " of this name already");
        }
    }
}

/// In the languages that people can have; what else is there wins.
void PageFiles::addTexts(PageFiles& added) {
    for (auto& [language, known] : texts) {
        for (auto& file : added.texts[language]) {
            file.isAdded = true;
            known.insert(known.begin(), std::move(file));
        }
    }
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
