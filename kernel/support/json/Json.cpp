// SPDX-License-Identifier: Apache-2.0
#include "json/Json.h"

#include "json/JsonText.h"
#include "json/ValueBuilder.h"
#include "text/Utf8.h"

#include <Poco/JSON/Parser.h>
#include <Poco/SharedPtr.h>

#include <cstddef>
#include <exception>

namespace gatehouse {

namespace {

constexpr std::size_t maximumDepth = 32;

/// Is there an escape for NUL? Poco cuts a member's name there, so that "alg\u0000x" would be read
/// as "alg".
bool escapesNul(std::string_view text) {
    constexpr std::string_view escape = "\\u0000";
    for (auto found = text.find(escape); found != std::string_view::npos;
         found = text.find(escape, found + escape.size())) {
        const auto before = text.find_last_not_of('\\', found);
        const auto backslashes = before == std::string_view::npos ? found : found - before - 1;
        if (backslashes % 2 == 0) {
            return true;
        }
    }
    return false;
}

}  // namespace

std::optional<Value> parseJson(std::string_view text) {
    if (!isUtf8(text) || escapesNul(text)) {
        return std::nullopt;
    }
    try {
        Poco::SharedPtr<ValueBuilder> builder(new ValueBuilder);
        Poco::JSON::Parser parser(builder);
        parser.setDepth(maximumDepth);
        parser.parse(std::string(text));
        return builder->take();
    } catch (const std::exception&) {
        return std::nullopt;
    }
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
