// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

namespace gatehouse {

/// A request as Redis reads it: a list of words of any bytes.
class Command {
public:
    Command() = default;
    Command(std::initializer_list<std::string_view> words);

    Command& add(std::string_view word);
    Command& add(const Command& words);
    /// A number as its digits.
    template <class Number, class = std::enable_if_t<std::is_integral_v<Number>>>
    Command& add(Number number) {
        return add(std::string_view(std::to_string(number)));
    }
    std::string text() const;

private:
    std::string words_;
    std::size_t count_ = 0;
};

}  // namespace gatehouse
