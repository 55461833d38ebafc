// SPDX-License-Identifier: Apache-2.0
#include "app/cli/Output.h"

#include "json/Json.h"
#include "text/Printable.h"
#include "text/Rfc3339.h"

#include <algorithm>
#include <cerrno>
#include <iostream>
#include <system_error>
#include <utility>

namespace gatehouse {

namespace {

using Row = std::vector<std::string>;

void printRow(const Row& row, const std::vector<std::size_t>& widths) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
        std::string text = row[i];
        if (i + 1 < row.size()) {
            text.resize(std::max(widths[i] + 2, text.size()), ' ');
        }
        line += text;
    }
    std::cout << line << "\n";
}

void printRows(std::vector<Row> rows) {
    std::vector<std::size_t> widths;
    for (auto& row : rows) {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t i = 0; i < row.size(); ++i) {
            row[i] = printable(row[i]);
            widths[i] = std::max(widths[i], row[i].size());
        }
    }
    for (const auto& row : rows) {
        printRow(row, widths);
    }
}

}  // namespace

std::string valueText(const Value& value) {
    if (value.text() != nullptr) {
        return *value.text();
    }
    if (value.list() == nullptr) {
        return toJson(value);
    }
    std::vector<std::string> texts;
    for (const Value& entry : *value.list()) {
        texts.push_back(valueText(entry));
    }
    return joined(texts);
}

void printTable(const Row& head, std::vector<Row> rows) {
    rows.insert(rows.begin(), head);
    printRows(std::move(rows));
}

void printMembers(const ValueMap& members) {
    std::vector<Row> rows;
    for (const auto& member : members) {
        rows.push_back({member.name, valueText(member.value)});
    }
    printRows(std::move(rows));
}

void printJson(const Value& value) {
    std::cout << toJson(value) << "\n";
}

void printLine(const std::string& text) {
    std::cout << printable(text) << "\n";
}

void printError(const std::string& text) {
    std::cerr << printable(text) + "\n";
}

std::string timeText(TimePoint time) {
    return time == never ? "-" : rfc3339Second(time);
}

std::optional<std::string> flushOutput() {
    errno = 0;
    if (std::cout.flush()) {
        return std::nullopt;
    }
    return "standard output cannot be written" +
           (errno == 0 ? std::string() : ": " + std::generic_category().message(errno));
}

std::string joined(const std::vector<std::string>& texts) {
    std::string text;
    for (const auto& entry : texts) {
        text += (text.empty() ? "" : ", ") + entry;
    }
    return text;
}

}  // namespace gatehouse
