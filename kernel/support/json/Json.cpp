// SPDX-License-Identifier: Apache-2.0
#include "json/Json.h"

#include "json/JsonReader.h"
#include "json/JsonText.h"

namespace gatehouse {

std::optional<Value> parseJson(std::string_view text) {
    return JsonReader(text).whole();
}

std::string toJson(const Value& value) {
    std::string out;
    appendJson(out, value);
    return out;
}

std::string toJson(const ValueMap& map) {
    std::string out;
    appendJson(out, map);
    return out;
}

}  // namespace gatehouse
