// SPDX-License-Identifier: Apache-2.0
// JSON of anybody.
#include "Fuzz.h"
#include "json/Json.h"
#include "text/Utf8.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace gatehouse::fuzz {

namespace {

void check(const Value& value, std::size_t depth) {
    ensure(depth <= 32, "no more than 32 levels");
    if (value.text() != nullptr) {
        ensure(isUtf8(*value.text()) && value.text()->find('\0') == std::string::npos,
               "texts are UTF-8 without NUL");
    }
    ensure(value.real() == nullptr || std::isfinite(*value.real()), "numbers are finite");
    for (const auto& entry : value.list() != nullptr ? *value.list() : ValueList{}) {
        check(entry, depth + 1);
    }
    for (const auto& member : value.map() != nullptr ? *value.map() : ValueMap{}) {
        ensure(isUtf8(member.name) && member.name.find('\0') == std::string::npos,
               "names are UTF-8 without NUL");
        check(member.value, depth + 1);
    }
}

}  // namespace

void run(std::string_view input) {
    const auto value = parseJson(input);
    if (!value) {
        return;
    }
    check(*value, 0);
    const auto written = toJson(*value);
    const auto again = parseJson(written);
    ensure(again && *again == *value, "what is written is read as the same value");
    ensure(toJson(*again) == written, "what is written is written the same again");
}

}  // namespace gatehouse::fuzz
