// SPDX-License-Identifier: Apache-2.0
#include "page/MailTemplate.h"

#include "page/TemplateScope.h"
#include "page/TemplateTags.h"

#include <algorithm>
#include <optional>
#include <sstream>
#include <string_view>

namespace gatehouse {

namespace {

std::string withTags(const std::string& text) {
    return replaceNames(
        text, [](std::string_view value) { return std::string("{{").append(value).append("}}"); });
}

}  // namespace

struct MailTemplate::Parsed {
    mustache::data constants;
    mustache::mustache document;
};

MailTemplate::MailTemplate(const PageFile& file, const Texts& texts, const std::string& language,
                           std::vector<std::string>& problems) {
    const auto text = replaceTags(file.text, [&](const TemplateTag& tag) {
        const auto* found = tag.isText() ? texts.find(language, tag.key()) : nullptr;
        return found == nullptr ? std::nullopt : std::optional(withTags(*found));
    });
    parsed_ = std::make_unique<Parsed>(
        Parsed{mustache::data(mustache::data::type::object), mustache::mustache(text)});
    parsed_->document.set_custom_escape(onOneLine);
    if (!parsed_->document.is_valid()) {  // a text can still spoil it: "{#name}"
        problems.push_back(file.path + ": " + parsed_->document.error_message());
    }
}

MailTemplate::~MailTemplate() = default;

std::string MailTemplate::render(const ValueMap& values, const ValueMap& common) const {
    TemplateScope scope(parsed_->constants, values, common);
    std::ostringstream text;
    parsed_->document.render(scope, text);
    return text.str();
}

std::string onOneLine(const std::string& text) {
    std::string line = text;
    std::replace_if(
        line.begin(), line.end(),
        [](char letter) { return static_cast<unsigned char>(letter) < 0x20 || letter == 0x7F; },
        ' ');
    return line;
}

}  // namespace gatehouse
