// SPDX-License-Identifier: Apache-2.0
#include "page/TemplateCheck.h"

#include "page/TemplateTags.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <string_view>
#if __has_include(<kainjow/mustache.hpp>)
#include <kainjow/mustache.hpp>
#else
#include <mustache.hpp>  // where Fedora has it
#endif

namespace gatehouse {

namespace {

using Templates = std::map<std::string, PageFile>;

/// Pages the server cannot do without, and the tags their forms cannot do without.
struct Needed {
    std::string page;
    std::vector<std::string> tags;
};

const std::vector<Needed>& neededPages() {
    static const std::vector<Needed> pages{
        {"login", {"{{csrf}}", "{{action}}"}},
        {"new_password", {"{{csrf}}", "{{action}}", "{{username}}"}},
        {"account", {"{{csrf}}", "{{action}}", "{{token}}", "{{another}}"}},
        {"consent", {"{{csrf}}", "{{action}}", "{{#rights}}"}},
        {"form_post", {"{{action}}", "{{#fields}}"}},
        {"go_on", {"{{location}}"}},
        {"error", {"{{error}}"}},
        {"message", {"{{message}}"}},
    };
    return pages;
}

bool isNew(const PageFile& file) {
    return file.isOwn && file.replaced.empty();
}

/// "client.name" is also a "name" inside "client".
void addValue(std::string_view name, NameList& values) {
    values.add(name);
    const auto dot = name.find('.');
    if (dot != std::string_view::npos && name != ".") {
        values.add(name.substr(0, dot));
        addValue(name.substr(dot + 1), values);
    }
}

bool isShown(const TemplateTag& tag) {
    constexpr std::string_view kinds = " &{";
    return kinds.find(tag.kind) != std::string_view::npos;
}

bool namesValue(const TemplateTag& tag) {
    return (isShown(tag) && !tag.isText()) || tag.kind == '#' || tag.kind == '^';
}

void addValues(const std::string& text, NameList& values) {
    for (const auto& tag : tagsOf(text)) {
        if (namesValue(tag)) {
            addValue(tag.name, values);
        }
    }
}

class Checker {
public:
    Checker(const PageFiles& files, const Texts& texts, const NameList& values,
            std::vector<std::string>& problems)
        : files_(files), values_(values), problems_(problems) {
        for (const auto& key : texts.keys()) {
            keys_.add(key);
        }
        keys_.add("page_title");
        for (const auto& [name, file] : files.parts) {
            parts_.add(name);
        }
    }

    void checkNeeded() {
        for (const auto& [name, tags] : neededPages()) {
            const auto page = files_.pages.find(name);
            if (page == files_.pages.end()) {
                problems_.push_back("there is no page \"" + name + ".html\"");
                continue;
            }
            for (const auto& tag : tags) {
                if (std::set<std::string> seen; !holds(page->second, tagsOf(tag).front(), seen)) {
                    report(page->second.path, tag + " is missing");
                }
            }
        }
    }

    void checkStyle() {
        if (const auto end = files_.style.text.find("</"); end != std::string::npos) {
            report(files_.style.place(end), "\"</\" would end the style element");
        }
    }

    /// Any other name may be that of a page that a plugin shows, or of a part of one's own.
    void checkFileNames() {
        checkFileNames(files_.pages, "there is no such page");
        checkFileNames(files_.parts, "no page uses it");
        checkFileNames(files_.mails, "there is no such mail");
    }

    void checkFiles() {
        for (const auto& [name, file] : files_.pages) {
            check(file, file.isOwn && !isNew(file));
        }
        for (const auto& [name, file] : files_.mails) {
            check(file, file.isOwn && !isNew(file));
            checkMail(name, file);
        }
        for (const auto& [name, file] : files_.parts) {
            check(file, file.isOwn);
            for (const auto& tag : tagsOf(file.text)) {
                std::set<std::string> seen;
                if (tag.kind == '>' && leadsTo(std::string(tag.name), name, seen)) {
                    report(file.place(tag.begin), "the part contains itself");
                    break;
                }
            }
        }
    }

private:
    void report(const std::string& place, const std::string& problem) {
        problems_.push_back(place + ": " + problem);
    }

    static bool contains(const PageFile& file, const TemplateTag& wanted) {
        const auto tags = tagsOf(file.text);
        return std::any_of(tags.begin(), tags.end(), [&](const TemplateTag& tag) {
            return tag.name == wanted.name &&
                   (tag.kind == wanted.kind || (isShown(tag) && isShown(wanted)));
        });
    }

    /// It, or a part that it has.
    bool holds(const PageFile& file, const TemplateTag& wanted, std::set<std::string>& seen) const {
        const auto tags = tagsOf(file.text);
        return contains(file, wanted) ||
               std::any_of(tags.begin(), tags.end(), [&](const TemplateTag& tag) {
                   const auto part = files_.parts.find(std::string(tag.name));
                   return tag.kind == '>' && part != files_.parts.end() &&
                          seen.insert(part->first).second && holds(part->second, wanted, seen);
               });
    }

    bool isUsed(const std::string& part) const {
        const TemplateTag wanted{0, 0, '>', part};
        const auto uses = [&](const auto& file) { return contains(file.second, wanted); };
        return std::any_of(files_.pages.begin(), files_.pages.end(), uses) ||
               std::any_of(files_.parts.begin(), files_.parts.end(), uses);
    }

    void checkFileNames(const Templates& templates, const std::string& problem) {
        NameList installed;
        for (const auto& [name, file] : templates) {
            if (!isNew(file)) {
                installed.add(name);
            }
        }
        for (const auto& [name, file] : templates) {
            const auto near = isNew(file) && !isUsed(name) ? installed.near(name) : std::string{};
            if (!near.empty()) {
                report(file.path,
                       std::string(problem)
                           .append("; did you mean \"")
                           .append(near)
                           .append(&templates == &files_.mails ? ".txt\"?" : ".html\"?"));
            }
        }
    }

    void check(const PageFile& file, bool knowsValues) {
        const bool isWhole = checkSyntax(file);
        for (const auto& tag : tagsOf(file.text)) {
            const std::string name(tag.name);
            const auto place = [&] { return file.place(tag.begin); };
            if (tag.kind == '>' && !parts_.has(name)) {
                report(place(), "there is no part " + parts_.quote(name));
            } else if (tag.isText() && !keys_.has(tag.key())) {
                report(place(), "there is no text " + keys_.quote(std::string(tag.key())));
            } else if (isWhole && knowsValues && namesValue(tag) && !values_.has(name)) {
                report(place(), "there is no value " + values_.quote(name));
            }
        }
    }

    void checkMail(const std::string& name, const PageFile& file) {
        for (const auto& tag : tagsOf(file.text)) {
            if (tag.kind == '>') {
                report(file.place(tag.begin), "a mail has no parts");
            }
        }
        if (const auto subject = "mail." + name + ".subject"; !keys_.has(subject)) {
            report(file.path, "there is no text " + keys_.quote(subject));
        }
    }

    bool checkSyntax(const PageFile& file) {
        const kainjow::mustache::mustache parsed(file.text);
        if (parsed.is_valid()) {
            return true;
        }
        const std::string& error = parsed.error_message();  // ends in " at 12"
        const auto at = error.rfind(' ');
        std::size_t offset = 0;
        std::from_chars(error.data() + at + 1, error.data() + error.size(), offset);
        report(file.place(offset), error.substr(0, error.rfind(" at ")));
        return false;
    }

    bool leadsTo(const std::string& from, const std::string& part,
                 std::set<std::string>& seen) const {
        const auto found = files_.parts.find(from);
        if (from == part || found == files_.parts.end() || !seen.insert(from).second) {
            return from == part;
        }
        const auto tags = tagsOf(found->second.text);
        return std::any_of(tags.begin(), tags.end(), [&](const TemplateTag& tag) {
            return tag.kind == '>' && leadsTo(std::string(tag.name), part, seen);
        });
    }

    const PageFiles& files_;
    const NameList& values_;
    std::vector<std::string>& problems_;
    NameList keys_;
    NameList parts_;
};

}  // namespace

void addTemplateValues(const PageFiles& files, NameList& values) {
    bool hasNewPages = false;
    for (const auto& [name, file] : files.pages) {
        hasNewPages = hasNewPages || isNew(file);
        addValues(file.isOwn && !isNew(file) ? file.replaced : file.text, values);
    }
    for (const auto& [name, file] : files.mails) {
        addValues(file.isOwn && !isNew(file) ? file.replaced : file.text, values);
    }
    for (const auto& [name, file] : files.parts) {
        const bool isOfNewPage = hasNewPages && isNew(file);
        addValues(file.isOwn && !isOfNewPage ? file.replaced : file.text, values);
    }
}

void checkTemplates(const PageFiles& files, const Texts& texts, const NameList& values,
                    std::vector<std::string>& problems) {
    Checker checker(files, texts, values, problems);
    checker.checkNeeded();
    checker.checkStyle();
    checker.checkFileNames();
    checker.checkFiles();
}

}  // namespace gatehouse
