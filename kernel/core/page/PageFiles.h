// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace gatehouse {

/// Where pages and texts are read from. Plugins' folders and the overrides have the layout of
/// `pages`, and their own texts in "locale". A plugin adds pages, parts and texts, and replaces
/// none.
struct PageFolders {
    std::string pages;
    std::string locale;
    std::string overrides;  ///< may be empty
    std::vector<std::string> ofPlugins = {};
};

/// A file of a page: where it came from and what it says.
struct PageFile {
    std::string path;
    std::string text;
    bool isOwn = false;  ///< an override
    bool isAdded = false;  ///< a plugin's texts: in which languages is up to it
    std::string replaced =
        {};  ///< the installed text in whose place it stands; empty: there is none

    /// "path:line:column".
    std::string place(std::size_t offset) const;
};

/// Everything pages are made of, as read; an override stands in the place of the file it overrides.
struct PageFiles {
    std::map<std::string, PageFile> pages;  ///< "login" to login.html
    std::map<std::string, PageFile> parts;  ///< "head" to parts/head.html
    std::map<std::string, PageFile> mails;  ///< "notice" to mail/notice.txt
    PageFile style;
    PageFile icon;  ///< an SVG image
    std::map<std::string, std::vector<PageFile>> texts;  ///< "de" to its files, later ones win
    std::vector<std::string> problems;  ///< "path: what is wrong"

    static PageFiles read(const PageFolders& folders);

private:
    void addPages(const PageFiles& added);
    void add(const std::map<std::string, PageFile>& added, std::map<std::string, PageFile>& all,
             const std::string& kind);
    void addTexts(PageFiles& added);
};

}  // namespace gatehouse
