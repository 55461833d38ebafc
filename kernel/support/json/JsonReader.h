// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Value.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

/// Reads one JSON text of UTF-8, by descent, straight into a Value; see parseJson(). Used once.
class JsonReader {
public:
    explicit JsonReader(std::string_view text) : rest_(text) {}

    /// The value that makes up the whole text.
    std::optional<Value> whole();
    /// How many bytes it did not read.
    std::size_t left() const noexcept { return rest_.size(); }

private:
    // Each reads what its name says at the head of the rest; false: something else stands there.
    bool value(Value& out);
    bool map(Value& out);
    bool member(ValueMap& map);
    bool list(Value& out);
    bool text(std::string& out);
    bool escape(std::string& out);
    bool codeUnit(unsigned& out);
    bool number(Value& out);
    bool literal(std::string_view name);
    bool mark(char wanted);
    void blanks();

    std::string_view rest_;
    std::size_t level_ = 0;
};

}  // namespace gatehouse
