// SPDX-License-Identifier: Apache-2.0
#include "Rows.h"

#include "PostgresFailure.h"

namespace gatehouse {
namespace {

[[noreturn]] void refuse() {
    throw PostgresFailure(PostgresFailure::Kind::lost,
                          "the database answered a value that is damaged");
}

std::uint64_t numberIn(std::string_view bytes) {
    std::uint64_t number = 0;
    for (const char byte : bytes) {
        number = number << 8 | static_cast<unsigned char>(byte);
    }
    return number;
}

/// Takes so many bytes off the front.
std::string_view takeBytes(std::string_view& bytes, std::size_t count) {
    if (count > bytes.size()) {
        refuse();
    }
    const std::string_view taken = bytes.substr(0, count);
    bytes.remove_prefix(count);
    return taken;
}

std::size_t takeNumber(std::string_view& bytes) {
    return numberIn(takeBytes(bytes, 4));
}

}  // namespace

std::string_view Rows::bytes(int row, int column) const {
    return {PQgetvalue(result_.get(), row, column),
            static_cast<std::size_t>(PQgetlength(result_.get(), row, column))};
}

std::int64_t Rows::number(int row, int column) const {
    const std::string_view found = bytes(row, column);
    if (found.size() == 4) {
        return static_cast<std::int32_t>(numberIn(found));
    }
    if (found.size() != 8) {
        refuse();
    }
    return static_cast<std::int64_t>(numberIn(found));
}

TimePoint Rows::time(int row, int column) const {
    return isNull(row, column) ? never : TimePoint{milliseconds{number(row, column)}};
}

std::vector<std::string> elementsIn(std::string_view array) {
    std::string_view rest = array;
    std::vector<std::string> elements;
    const std::size_t dimensions = takeNumber(rest);
    takeBytes(rest, 8);  // whether there are NULLs; the type
    if (dimensions == 0) {
        return elements;
    }
    const std::size_t size = takeNumber(rest);
    takeBytes(rest, 4);  // the lower bound
    for (std::size_t index = 0; index < size; ++index) {
        const std::size_t length = takeNumber(rest);
        elements.emplace_back(takeBytes(rest, length));
    }
    return elements;
}

}  // namespace gatehouse
