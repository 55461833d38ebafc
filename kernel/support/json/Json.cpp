// SPDX-License-Identifier: Apache-2.0
#include "json/Json.h"

#include "json/JsonReader.h"
#include "json/JsonText.h"

#include <cstddef>

namespace gatehouse {

namespace {

constexpr std::size_t usualSize = 512;

template <class Any> std::string written(const Any& value) {
    std::string out;
    out.reserve(usualSize);
    appendJson(out, value);
    return out;
}

}  // namespace

std::optional<Value> parseJson(std::string_view text) {
    return JsonReader(text).whole();
}

std::size_t readableJson(std::string_view text) {
    JsonReader reader(text);
    (void)reader.whole();
    return text.size() - reader.left();
}

std::string toJson(const Value& value) {
    return written(value);
}

std::string toJson(const ValueMap& map) {
    return written(map);
}

}  // namespace gatehouse
