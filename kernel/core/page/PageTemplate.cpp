// SPDX-License-Identifier: Apache-2.0
#include "page/PageTemplate.h"

#include "page/ContentPolicy.h"
#include "page/TemplateScope.h"
#include "page/TemplateTags.h"
#include "text/Escape.h"

#include <algorithm>
#include <optional>

namespace gatehouse {

namespace {

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
            constants[name] = std::string(piece.substr(begin, end - begin));
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
    std::size_t size;  ///< about that of a page, in bytes
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
    constants["style"] = files.style.text;
    constants["lang"] = language;
    parsed_ = std::make_unique<Parsed>(Parsed{std::move(constants), mustache::mustache(document),
                                              text.size() + files.style.text.size()});
    parsed_->document.set_custom_escape(escapeHtml);
    if (!parsed_->document.is_valid()) {  // a text can still spoil it: "{#name}"
        report(parsed_->document.error_message());
    }
}

PageTemplate::~PageTemplate() = default;

std::string PageTemplate::render(const ValueMap& values, const ValueMap& common) const {
    TemplateScope scope(parsed_->constants, values, common);
    TextSink sink;
    sink.text.reserve(parsed_->size);
    parsed_->document.render(scope, sink);
    return std::move(sink.text);
}

}  // namespace gatehouse
