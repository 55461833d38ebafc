// SPDX-License-Identifier: Apache-2.0
#include "CsvRows.h"

#include <utility>

namespace gatehouse {

namespace {

constexpr int none = std::char_traits<char>::eof();

bool endsCell(int byte) {
    return byte == ',' || byte == '\n' || byte == '\r' || byte == none;
}

}  // namespace

Result<std::optional<CsvRows::Row>> CsvRows::next() {
    while (text_.sgetc() == '\n' || text_.sgetc() == '\r') {
        read();
    }
    if (text_.sgetc() == none) {
        return std::optional<Row>();
    }
    Row found;
    found.line = line_;
    kept_ = 0;
    if (!row(found)) {
        return Error::badInput("is not CSV in line " + std::to_string(line_) +
                               ": a quote is missing, or something stands behind one");
    }
    return std::optional<Row>(std::move(found));
}

bool CsvRows::row(Row& row) {
    while (cell(row)) {
        if (text_.sgetc() != ',') {
            return true;
        }
        read();
    }
    return false;
}

bool CsvRows::cell(Row& row) {
    std::string cell;
    if (text_.sgetc() == '"') {
        if (!quoted(row, cell)) {
            return false;
        }
    } else {
        while (!endsCell(text_.sgetc())) {
            keep(row, cell, read());
        }
        if (cell.find('"') != std::string::npos) {
            return false;
        }
    }
    row.cells.push_back(std::move(cell));
    return true;
}

/// A quote is written twice in it.
bool CsvRows::quoted(Row& row, std::string& cell) {
    read();
    for (int byte = read(); byte != none; byte = read()) {
        if (byte != '"') {
            keep(row, cell, byte);
        } else if (text_.sgetc() == '"') {
            keep(row, cell, read());
        } else {
            return endsCell(text_.sgetc());
        }
    }
    return false;
}

int CsvRows::read() {
    const int byte = text_.sbumpc();
    line_ += byte == '\n' ? 1 : 0;
    return byte;
}

void CsvRows::keep(Row& row, std::string& cell, int byte) {
    if (kept_ == most_) {
        row.isTooLarge = true;
        return;
    }
    ++kept_;
    cell += static_cast<char>(byte);
}

}  // namespace gatehouse
