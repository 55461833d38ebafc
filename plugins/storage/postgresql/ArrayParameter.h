// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace gatehouse {

/// A one-dimensional array in PostgreSQL's binary form, as a statement's parameter.
class ArrayParameter {
public:
    /// The object ids of the server's own types; they never change.
    enum class Of : std::uint32_t { bytea = 17, bigint = 20, integer = 23, text = 25 };

    explicit ArrayParameter(Of type);

    void add(std::string_view bytes);
    void add(std::int64_t number);
    void add(std::int32_t number);
    void addNull();
    std::size_t size() const noexcept { return size_; }
    /// The whole; nothing can be added afterwards.
    std::string take();

private:
    std::string bytes_;
    std::uint32_t size_ = 0;
};

/// Appends a number as the protocol has it, high byte first.
void appendNumber(std::string& bytes, std::uint32_t number);
void appendNumber(std::string& bytes, std::uint64_t number);

}  // namespace gatehouse
