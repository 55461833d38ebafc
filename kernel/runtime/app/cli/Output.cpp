// SPDX-License-Identifier: Apache-2.0
#include "app/cli/Output.h"

#include "json/Json.h"

#include <Poco/DateTimeFormat.h>
#include <Poco/DateTimeFormatter.h>
#include <Poco/Timestamp.h>

#include <algorithm>
#include <cerrno>
#include <iostream>
#include <system_error>

namespace gatehouse {

namespace {

std::string cell(const Value& value) {
    if (value.text() != nullptr) {
        return *value.text();
    }
    if (value.list() == nullptr) {
        return toJson(value);
    }
    std::vector<std::string> texts;
    for (const Value& entry : *value.list()) {
        texts.push_back(cell(entry));
    }
    return joined(texts);
}

void printRow(const std::vector<std::string>& row, const std::vector<std::size_t>& widths) {
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

}  // namespace

void printTable(const std::vector<std::string>& head,
                const std::vector<std::vector<std::string>>& rows) {
    std::vector<std::size_t> widths(head.size(), 0);
    for (std::size_t i = 0; i < head.size(); ++i) {
        widths[i] = head[i].size();
        for (const auto& row : rows) {
            widths[i] = std::max(widths[i], row[i].size());
        }
    }
    printRow(head, widths);
    for (const auto& row : rows) {
        printRow(row, widths);
    }
}

void printMembers(const ValueMap& members) {
    std::vector<std::size_t> widths{0, 0};
    for (const auto& member : members) {
        widths[0] = std::max(widths[0], member.name.size());
    }
    for (const auto& member : members) {
        printRow({member.name, cell(member.value)}, widths);
    }
}

void printJson(const Value& value) {
    std::cout << toJson(value) << "\n";
}

std::string timeText(TimePoint time) {
    if (time == never) {
        return "-";
    }
    return Poco::DateTimeFormatter::format(Poco::Timestamp(time.time_since_epoch().count() * 1000),
                                           Poco::DateTimeFormat::ISO8601_FORMAT);
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
