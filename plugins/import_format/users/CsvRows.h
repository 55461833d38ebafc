// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>

#include <cstddef>
#include <istream>
#include <optional>
#include <string>
#include <vector>

namespace gatehouse {

/// Reads comma-separated values (RFC 4180) row by row; a line break may be a bare LF, and empty
/// lines are passed over. Used once.
class CsvRows {
public:
    struct Row {
        std::size_t line = 0;  ///< the one that it begins in
        std::vector<std::string> cells;
        bool isTooLarge = false;  ///< its cells are cut off
    };

    /// `most`: the largest row, in bytes. `text` outlives this.
    CsvRows(std::istream& text, std::size_t most) : text_(*text.rdbuf()), most_(most) {}

    /// nullopt: the end. Fault::badInput: a quote where none may be.
    Result<std::optional<Row>> next();

private:
    // Each returns false when there is a quote where none may be.
    bool row(Row& row);
    bool cell(Row& row);
    bool quoted(Row& row, std::string& cell);

    int read();
    void keep(Row& row, std::string& cell, int byte);

    std::streambuf& text_;
    std::size_t most_;
    std::size_t kept_ = 0;
    std::size_t line_ = 1;
};

}  // namespace gatehouse
