// SPDX-License-Identifier: Apache-2.0
#include "text/FormText.h"

#include "text/Lower.h"
#include "text/Percent.h"

#include <algorithm>
#include <utility>

namespace gatehouse {

namespace {

constexpr std::string_view formType = "application/x-www-form-urlencoded";

std::optional<Form::Field> parseField(std::string_view text) {
    const auto equals = text.find('=');
    auto name = formDecode(text.substr(0, equals));
    auto value =
        formDecode(equals == std::string_view::npos ? std::string_view{} : text.substr(equals + 1));
    if (!name || !value) {
        return std::nullopt;
    }
    return Form::Field(std::move(*name), std::move(*value));
}

}  // namespace

bool isForm(const HttpRequest& request) {
    auto type = request.header("content-type");
    type = type.substr(0, type.find(';'));
    type = type.substr(0, type.find_last_not_of(" \t") + 1);
    return std::equal(type.begin(), type.end(), formType.begin(), formType.end(),
                      [](char sent, char ours) { return lower(sent) == ours; });
}

std::optional<std::string> formDecode(std::string_view text) {
    if (text.find('+') == std::string_view::npos) {
        return percentDecode(text);
    }
    std::string spaced(text);
    std::replace(spaced.begin(), spaced.end(), '+', ' ');
    return percentDecode(spaced);
}

std::optional<Form> parseForm(std::string_view text) {
    std::vector<Form::Field> fields;
    while (!text.empty()) {
        const auto end = std::min(text.find('&'), text.size());
        const auto part = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (part.empty()) {
            continue;
        }
        auto field = parseField(part);
        if (!field) {
            return std::nullopt;
        }
        fields.push_back(std::move(*field));
    }
    return Form(std::move(fields));
}

std::string writeForm(const std::vector<Form::Field>& fields) {
    std::string text;
    for (const auto& field : fields) {
        text += text.empty() ? "" : "&";
        text += percentEncode(field.first);
        text += '=';
        text += percentEncode(field.second);
    }
    return text;
}

std::string withQuery(std::string_view address, std::string_view query) {
    std::string whole(address);
    whole += address.find('?') == std::string_view::npos ? "?" : "&";
    return whole.append(query);
}

}  // namespace gatehouse
