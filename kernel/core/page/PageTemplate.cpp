// SPDX-License-Identifier: Apache-2.0
#include "page/PageTemplate.h"

#include "page/ContentPolicy.h"
#include "page/TemplateTags.h"
#include "text/Escape.h"

#include <algorithm>
#include <optional>
#if __has_include(<kainjow/mustache.hpp>)
#include <kainjow/mustache.hpp>
#else
#include <mustache.hpp>  // where Fedora has it
#endif

namespace gatehouse {

namespace {

namespace mustache = kainjow::mustache;

std::string putParts(const PageFiles& files, std::string_view text) {
    return replaceTags(text, [&](const TemplateTag& tag) -> std::optional<std::string> {
        if (tag.kind != '>') {
            return std::nullopt;
        }
        return putParts(files, files.parts.at(std::string(tag.name)).text);
    });
}

/// A text in HTML, with a tag for each of its values.
std::string withTags(const std::string& text, bool isRich) {
    return replaceNames(escapeHtml(text), [&](std::string_view value) {
        const std::string tag = "{{" + std::string(value) + "}}";
        return isRich ? "<strong>" + tag + "</strong>" : tag;
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

/// Moves what stands between two tags into `constants`, and leaves a tag for it: the parser takes
/// each word and each blank for something of its own. The blanks around it stay, since a line with
/// nothing but a section's tag is left out.
std::string takeConstants(std::string_view text, mustache::data& constants) {
    constexpr std::string_view blanks = " \t\r\n";
    int count = 0;
    std::string result;
    const auto take = [&](std::string_view piece) {
        if (piece.find("{{") != std::string_view::npos) {  // for the parser to find fault with
            result += piece;
            return;
        }
        const auto begin = std::min(piece.find_first_not_of(blanks), piece.size());
        const auto end = piece.find_last_not_of(blanks) + 1;
        result += piece.substr(0, begin);
        if (begin < end) {
            const auto name = "#" + std::to_string(count++);  // no value of a page has such a name
            constants.set(name, std::string(piece.substr(begin, end - begin)));
            result += "{{{" + name + "}}}";
            result += piece.substr(end);
        }
    };
    std::size_t at = 0;
    for (const auto& tag : tagsOf(text)) {
        if (tag.kind == '=') {  // from here on tags look otherwise
            break;
        }
        take(text.substr(at, tag.begin - at));
        result += text.substr(tag.begin, tag.end - tag.begin);
        at = tag.end;
    }
    return result.append(text.substr(at));
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
    mustache::data constants;
    mustache::mustache document;
};

PageTemplate::PageTemplate(const std::string& name, const PageFiles& files, const Texts& texts,
                           const std::string& language, std::vector<std::string>& problems) {
    const auto report = [&](const std::string& problem) {
        const std::string line = files.pages.at(name).path + ": " + problem;
        if (std::find(problems.begin(), problems.end(), line) == problems.end()) {
            problems.push_back(line);  // once for all languages
        }
    };
    const auto putText = [&](const TemplateTag& tag) -> std::optional<std::string> {
        if (!tag.isText()) {
            return std::nullopt;
        }
        const std::string key =
            tag.key() == "page_title" ? name + ".title" : std::string(tag.key());
        const auto* found = texts.find(language, key);
        if (found == nullptr) {
            report("there is no text \"" + key + "\"");
            return std::string{};
        }
        return withTags(*found, tag.name.front() == 'r');
    };
    const std::string text =
        dropIndentation(replaceTags(putParts(files, files.pages.at(name).text), putText));
    for (const auto& script : inlineScripts(text)) {
        if (script.find("{{") != std::string::npos) {
            report("a script must not contain values");
        }
        scriptSources_ += " " + contentSource(script);
    }
    mustache::data constants;
    const auto document = takeConstants(text, constants);
    parsed_ = std::make_unique<Parsed>(Parsed{std::move(constants), mustache::mustache(document)});
    parsed_->document.set_custom_escape(escapeHtml);
    if (!parsed_->document.is_valid()) {  // a text can still spoil it: "{#name}"
        report(parsed_->document.error_message());
    }
}

PageTemplate::~PageTemplate() = default;

std::string PageTemplate::render(const ValueMap& values, const ValueMap& common) const {
    const auto commonData = toData(common);
    const auto data = toData(values);
    mustache::context<std::string> context;
    context.push(&commonData);
    context.push(&data);
    context.push(&parsed_->constants);
    TextSink sink;
    parsed_->document.render(context, sink);
    return std::move(sink.text);
}

}  // namespace gatehouse
