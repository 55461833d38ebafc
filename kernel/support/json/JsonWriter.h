// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Value.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Writes one flat JSON object, straight into its text: for tokens and answers on the hot path. The
/// caller gives each name once.
class JsonWriter {
public:
    JsonWriter();

    JsonWriter& text(std::string_view name, std::string_view value);
    JsonWriter& number(std::string_view name, std::int64_t value);
    JsonWriter& boolean(std::string_view name, bool value);
    JsonWriter& list(std::string_view name, const std::vector<std::string>& values);
    JsonWriter& value(std::string_view name, const Value& value);
    /// A member that is JSON already; it is not checked.
    JsonWriter& json(std::string_view name, std::string_view value);

    /// Closes the object and gives its text; the writer is used up.
    std::string finish();

private:
    void begin(std::string_view name);

    std::string out_;
};

}  // namespace gatehouse
