// SPDX-License-Identifier: Apache-2.0
#include "ArrayParameter.h"

#include <utility>

namespace gatehouse {
namespace {

constexpr std::size_t sizePlace = 12;
constexpr std::uint32_t nullLength = 0xffffffff;

template <class Number> void append(std::string& bytes, Number number) {
    for (int shift = static_cast<int>(sizeof number) * 8 - 8; shift >= 0; shift -= 8) {
        bytes += static_cast<char>(number >> shift);
    }
}

}  // namespace

void appendNumber(std::string& bytes, std::uint32_t number) {
    append(bytes, number);
}

void appendNumber(std::string& bytes, std::uint64_t number) {
    append(bytes, number);
}

/// Dimensions, whether there may be NULLs, the type; then size and lower bound.
ArrayParameter::ArrayParameter(Of type) {
    for (const std::uint32_t number : {1U, 1U, static_cast<std::uint32_t>(type), 0U, 1U}) {
        append(bytes_, number);
    }
}

void ArrayParameter::add(std::string_view bytes) {
    append(bytes_, static_cast<std::uint32_t>(bytes.size()));
    bytes_ += bytes;
    ++size_;
}

void ArrayParameter::add(std::int64_t number) {
    append(bytes_, static_cast<std::uint32_t>(sizeof number));
    append(bytes_, static_cast<std::uint64_t>(number));
    ++size_;
}

void ArrayParameter::add(std::int32_t number) {
    append(bytes_, static_cast<std::uint32_t>(sizeof number));
    append(bytes_, static_cast<std::uint32_t>(number));
    ++size_;
}

void ArrayParameter::addNull() {
    append(bytes_, nullLength);
    ++size_;
}

std::string ArrayParameter::take() {
    std::string size;
    append(size, size_);
    bytes_.replace(sizePlace, size.size(), size);
    return std::exchange(bytes_, {});
}

}  // namespace gatehouse
