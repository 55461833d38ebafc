// SPDX-License-Identifier: Apache-2.0
#include "page/PageTemplate.h"

#include "page/ContentPolicy.h"
#include "text/Escape.h"

#include <exception>
#if __has_include(<kainjow/mustache.hpp>)
#include <kainjow/mustache.hpp>
#else
#include <mustache.hpp>  // where Fedora has it
#endif

namespace gatehouse {

namespace {

namespace mustache = kainjow::mustache;

/// What a template is made from, and where problems with it go.
struct Source {
    const std::string& name;
    const PageFiles& files;
    const Texts& texts;
    const std::string& language;
    std::vector<std::string>& problems;

    void report(const std::string& problem) const {
        const auto page = files.pages.find(name);
        const std::string line =
            (page == files.pages.end() ? name : page->second.path) + ": " + problem;
        if (problems.empty() || problems.back() != line) {
            problems.push_back(line);
        }
    }
};

/// Calls `replace` for the inside of each tag that begins with `prefix`, and puts its answer there.
template <class Replace>
std::string replaceTags(std::string_view text, std::string_view prefix, const Replace& replace) {
    const std::string opening = "{{" + std::string(prefix);
    std::string result;
    for (;;) {
        const auto begin = text.find(opening);
        const auto end = begin == std::string_view::npos ? begin : text.find("}}", begin);
        if (end == std::string_view::npos) {
            return result.append(text);
        }
        const auto inside = text.substr(begin + opening.size(), end - begin - opening.size());
        result.append(text.substr(0, begin)).append(replace(std::string(inside)));
        text.remove_prefix(end + 2);
    }
}

std::string putParts(const Source& source, std::string_view text, int depth) {
    return replaceTags(text, ">", [&](const std::string& part) {
        const auto found = source.files.parts.find(part);
        constexpr int deepest = 4;
        if (found == source.files.parts.end() || depth == deepest) {
            source.report("there is no part \"" + part + "\", or it contains itself");
            return std::string{};
        }
        return putParts(source, found->second.text, depth + 1);
    });
}

std::string putTexts(const Source& source, std::string_view text, std::string_view prefix,
                     std::string_view before, std::string_view after) {
    return replaceTags(text, prefix, [&](std::string key) {
        if (key == "page_title") {
            key = source.name + ".title";
        }
        const auto* found = source.texts.find(source.language, key);
        if (found == nullptr) {
            source.report("there is no text \"" + key + "\"");
            return std::string{};
        }
        return replaceNames(escapeHtml(*found), [&](std::string_view name) {
            return std::string(before).append("{{").append(name).append("}}").append(after);
        });
    });
}

/// Indentation is for readers of the source.
std::string dropIndentation(std::string_view text) {
    std::string result;
    bool isLineBegin = false;
    for (const char c : text) {
        if (isLineBegin && (c == ' ' || c == '\n' || c == '\r')) {
            continue;
        }
        isLineBegin = c == '\n';
        result += c;
    }
    return result;
}

mustache::data toData(const Value& value);

mustache::data toData(const ValueMap& map) {
    mustache::data data;
    for (const auto& [name, value] : map) {
        data.set(name, toData(value));
    }
    return data;
}

/// Null, false and the empty text are what "{{#name}}" leaves out.
mustache::data toData(const Value& value) {
    if (value.text() != nullptr) {
        return value.text()->empty() ? mustache::data(false) : mustache::data(*value.text());
    }
    if (value.integer() != nullptr) {
        return std::to_string(*value.integer());
    }
    if (value.map() != nullptr) {
        return toData(*value.map());
    }
    if (value.list() != nullptr) {
        mustache::data list{mustache::data::type::list};
        for (const auto& item : *value.list()) {
            list.push_back(toData(item));
        }
        return list;
    }
    return value.boolean() != nullptr && *value.boolean();
}

struct TextSink {
    std::string text;
    TextSink& operator<<(const std::string& more) {
        text += more;
        return *this;
    }
};

}  // namespace

/// Rendering does not change the parsed template: there are no partials and no lambdas in it.
struct PageTemplate::Parsed {
    mustache::mustache document;
};

PageTemplate::PageTemplate(const std::string& name, const PageFiles& files, const Texts& texts,
                           const std::string& language, std::vector<std::string>& problems) {
    const Source source{name, files, texts, language, problems};
    std::string text = putParts(source, files.pages.at(name).text, 0);
    text = putTexts(source, text, "rich.", "<strong>", "</strong>");
    text = dropIndentation(putTexts(source, text, "text.", "", ""));
    const auto scripts = inlineScripts(text);
    for (const auto& script : scripts) {
        if (script.find("{{") != std::string::npos) {
            source.report("a script must not contain values");
        }
        scriptSources_ += " " + contentSource(script);
    }
    try {
        parsed_ = std::make_unique<Parsed>(Parsed{mustache::mustache(text)});
        if (!parsed_->document.is_valid()) {
            source.report(parsed_->document.error_message());
        }
    } catch (const std::exception&) {
        source.report("is not a mustache template");
    }
}

PageTemplate::~PageTemplate() = default;

std::string PageTemplate::render(const ValueMap& values, const ValueMap& common) const {
    const auto commonData = toData(common);
    const auto data = toData(values);
    mustache::context<std::string> context(&commonData);
    context.push(&data);
    TextSink sink;
    parsed_->document.render(context, sink);
    return std::move(sink.text);
}

}  // namespace gatehouse
