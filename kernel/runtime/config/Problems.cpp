// SPDX-License-Identifier: Apache-2.0
#include "config/Problems.h"

#include "text/Printable.h"

#include <algorithm>
#include <regex>
#include <sstream>
#include <tuple>

namespace gatehouse {

namespace {

constexpr std::string_view environmentPrefix = "environment ";

}  // namespace

Place Place::environment(std::string_view variable) {
    return {std::string(environmentPrefix) + std::string(variable), 0, 0};
}

Place Place::byDefault() {
    return {"default", 0, 0};
}

bool Place::isEnvironment() const noexcept {
    return line == 0 && file.compare(0, environmentPrefix.size(), environmentPrefix) == 0;
}

std::string Place::text() const {
    return isFile() ? file + ":" + std::to_string(line) + ":" + std::to_string(column) : file;
}

bool operator<(const Place& left, const Place& right) noexcept {
    return std::tie(left.file, left.line, left.column) <
           std::tie(right.file, right.line, right.column);
}

std::string Problem::line() const {
    const std::string where = place.text();
    return printable(where.empty() ? text : where + ": " + text);
}

void Problems::add(Place place, std::string text) {
    const auto after = std::upper_bound(
        problems_.begin(), problems_.end(), place,
        [](const Place& here, const Problem& known) { return here < known.place; });
    problems_.insert(after, {std::move(place), std::move(text)});
}

void Problems::add(Problem problem) {
    add(std::move(problem.place), std::move(problem.text));
}

void Problems::warn(Problem warning) {
    warnings_.push_back(std::move(warning));
}

void Problems::add(const Problems& others) {
    for (const auto& problem : others) {
        add(problem.place, problem.text);
    }
    warnings_.insert(warnings_.end(), others.warnings_.begin(), others.warnings_.end());
}

void Problems::addLines(const std::string& lines, const Place& place, const std::string& label) {
    static const std::regex placed("^(\\S+):([0-9]{1,7}):([0-9]{1,7}): (.*)$");
    std::istringstream stream(lines);
    for (std::string line; std::getline(stream, line);) {
        std::smatch parts;
        if (std::regex_match(line, parts, placed)) {
            add({parts[1], std::stoi(parts[2]), std::stoi(parts[3])}, label + parts[4].str());
        } else {
            add(place, label + line);
        }
    }
}

std::string Problems::text() const {
    std::string lines;
    for (const auto& problem : problems_) {
        lines += problem.line() + "\n";
    }
    return lines;
}

std::string Problems::count() const {
    return std::to_string(size()) + (size() == 1 ? " problem" : " problems");
}

std::string Problems::warningReport() const {
    std::string lines;
    for (const auto& warning : warnings_) {
        lines.append("gatehouse: warning: ").append(warning.line()).append("\n");
    }
    return lines;
}

std::string Problems::report() const {
    std::string lines;
    for (const auto& problem : problems_) {
        lines.append("gatehouse: ").append(problem.line()).append("\n");
    }
    return lines.append("gatehouse: ").append(count()).append("; nothing was started\n");
}

}  // namespace gatehouse
