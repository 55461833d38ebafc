// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "page/PageFiles.h"

#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

namespace gatehouse {

/// A folder of pages that goes away with the test: the smallest set the server accepts, for a test
/// to add to.
class PageFolder {
public:
    PageFolder() {
        std::string name =
            (std::filesystem::temp_directory_path() / "gatehouse-pages-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) {
            throw std::runtime_error("no temporary folder");
        }
        root_ = name;
        for (const auto* page : {"login", "logout"}) {
            write("pages/" + std::string(page) + ".html",
                  "<form action=\"{{action}}\">{{csrf}}</form>");
        }
        write("pages/consent.html",
              "<form action=\"{{action}}\">{{csrf}}{{#rights}}{{title}}{{/rights}}</form>");
        write("pages/new_password.html", "<form action=\"{{action}}\">{{csrf}}{{username}}</form>");
        write("pages/account.html",
              "<form action=\"{{action}}\">{{csrf}}{{token}}{{another}}</form>");
        write("pages/form_post.html",
              "<form action=\"{{action}}\">{{#fields}}{{name}}={{value}};{{/fields}}</form>");
        write("pages/go_on.html", "<a href=\"{{location}}\">on</a>");
        write("pages/error.html", "<p id=\"oauth-error\">{{error}}: {{description}}</p>");
        write("pages/message.html", "<h1>{{heading}}</h1><p>{{message}}</p>");
        write("pages/logged_out.html", "bye");
        write("pages/style.css", "p { color: red }");
        write("locale/en.json", R"({"hello": "Hello, {name}!"})");
    }
    ~PageFolder() { std::filesystem::remove_all(root_); }
    PageFolder(const PageFolder&) = delete;
    PageFolder& operator=(const PageFolder&) = delete;

    void write(const std::string& path, const std::string& text) const {
        const auto file = root_ / path;
        std::filesystem::create_directories(file.parent_path());
        std::ofstream(file, std::ios::binary) << text;
    }
    void link(const std::string& path, const std::string& target) const {
        std::filesystem::create_symlink(target, root_ / path);
    }
    void pipe(const std::string& path) const {
        if (::mkfifo((root_ / path).c_str(), 0600) != 0) {
            throw std::runtime_error("no pipe");
        }
    }
    void remove(const std::string& path) const { std::filesystem::remove(root_ / path); }

    PageFolders folders() const {
        return {(root_ / "pages").string(), (root_ / "locale").string(), {}};
    }
    /// With the folder "site" as overrides.
    PageFolders overridden() const {
        return {(root_ / "pages").string(), (root_ / "locale").string(), (root_ / "site").string()};
    }

    /// With the folder "plugin" as a plugin's, beside the overrides.
    PageFolders extended() const {
        auto folders = overridden();
        std::filesystem::create_directory(folders.overrides);
        folders.ofPlugins.push_back((root_ / "plugin").string());
        return folders;
    }

private:
    std::filesystem::path root_;
};

}  // namespace gatehouse
