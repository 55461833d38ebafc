// SPDX-License-Identifier: Apache-2.0
#include "json/JsonWriter.h"

#include "json/JsonText.h"

#include <cstddef>
#include <utility>

namespace gatehouse {

namespace {

constexpr std::size_t usualSize = 768;

}  // namespace

JsonWriter::JsonWriter() {
    out_.reserve(usualSize);
    out_ += '{';
}

JsonWriter& JsonWriter::text(std::string_view name, std::string_view value) {
    begin(name);
    appendJson(out_, value);
    return *this;
}

JsonWriter& JsonWriter::number(std::string_view name, std::int64_t value) {
    begin(name);
    appendJson(out_, value);
    return *this;
}

JsonWriter& JsonWriter::boolean(std::string_view name, bool value) {
    begin(name);
    out_ += value ? "true" : "false";
    return *this;
}

JsonWriter& JsonWriter::list(std::string_view name, const std::vector<std::string>& values) {
    begin(name);
    out_ += '[';
    for (const auto& value : values) {
        if (&value != &values.front()) {
            out_ += ',';
        }
        appendJson(out_, std::string_view(value));
    }
    out_ += ']';
    return *this;
}

JsonWriter& JsonWriter::value(std::string_view name, const Value& value) {
    begin(name);
    appendJson(out_, value);
    return *this;
}

JsonWriter& JsonWriter::json(std::string_view name, std::string_view value) {
    begin(name);
    out_ += value;
    return *this;
}

std::string JsonWriter::finish() {
    out_ += '}';
    return std::move(out_);
}

void JsonWriter::begin(std::string_view name) {
    if (out_.size() > 1) {
        out_ += ',';
    }
    appendJson(out_, name);
    out_ += ':';
}

}  // namespace gatehouse
