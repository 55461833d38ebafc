// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Time.h>
#include <gatehouse/Value.h>

#include <optional>
#include <string>
#include <vector>

namespace gatehouse {

// Whatever is printed goes through printable() or is JSON: names, logins, claims and arguments are
// chosen by strangers.

/// Columns that line up, with a head line.
void printTable(const std::vector<std::string>& head, std::vector<std::vector<std::string>> rows);
/// "name  value" lines.
void printMembers(const ValueMap& members);
/// One JSON value and a line break.
void printJson(const Value& value);
/// A line of its own on standard output.
void printLine(const std::string& text);
/// A line of its own on standard error.
void printError(const std::string& text);
/// "2026-01-31T12:00:00Z"; "-" for never.
std::string timeText(TimePoint time);
/// Writes out what was printed; why standard output did not take all of it.
std::optional<std::string> flushOutput();
/// A value as a cell of a table: texts as they are, lists joined, the rest as JSON.
std::string valueText(const Value& value);
/// Texts joined by ", ".
std::string joined(const std::vector<std::string>& texts);

}  // namespace gatehouse
