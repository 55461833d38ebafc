// SPDX-License-Identifier: Apache-2.0
#include "app/cli/ImportReport.h"

#include "app/cli/Output.h"
#include "json/Members.h"

#include <algorithm>
#include <cstdint>

namespace gatehouse {

namespace {

constexpr std::size_t longestName = 128;
/// Of those who come along; who stays behind is named, all of them.
constexpr std::size_t remarkedNames = 10;
constexpr std::size_t printedNames = 10;

std::string shortened(std::string_view name) {
    return name.size() <= longestName ? std::string(name)
                                      : std::string(name.substr(0, longestName)) + "...";
}

std::int64_t number(std::size_t count) {
    return static_cast<std::int64_t>(count);
}

std::string namesOf(const std::vector<std::string>& names, std::size_t size) {
    const auto shown = std::min(names.size(), printedNames);
    std::string text = joined({names.begin(), names.begin() + static_cast<std::ptrdiff_t>(shown)});
    return size > shown ? text + " and " + std::to_string(size - shown) + " more" : text;
}

ValueMap valueOf(const ImportReport::Count& count) {
    return {{"added", number(count.added)}, {"there", number(count.there)}};
}

void printCount(const std::string& what, const ImportReport::Count& count, bool isDry) {
    printLine(what + std::to_string(count.added) + (isDry ? " would come" : " have come") +
              " along, " + std::to_string(count.there) + " were here already");
}

}  // namespace

void ImportReport::leave(std::string_view kind, std::string_view name, std::string_view why) {
    auto& group = left_[{std::string(kind), std::string(why)}];
    ++group.size;
    if (!name.empty()) {
        isWhole_ = false;
        group.names.push_back(shortened(name));
    }
}

void ImportReport::remark(std::string_view kind, std::string_view name, std::string_view what) {
    auto& group = remarks_[{std::string(kind), std::string(what)}];
    ++group.size;
    if (!name.empty() && group.names.size() < remarkedNames) {
        group.names.push_back(shortened(name));
    }
}

void ImportReport::print(bool isDry, bool isJson) const {
    if (isJson) {
        printJson(value(isDry));
        return;
    }
    printCount("People:  ", people, isDry);
    printCount("Clients: ", clients, isDry);
    printGroups("Stays behind:", left_);
    printGroups("Comes along, but not as it was:", remarks_);
    if (isDry) {
        printLine("Nothing was written.");
    }
}

void ImportReport::printGroups(const std::string& head, const Groups& groups) {
    if (!groups.empty()) {
        printLine("");
        printLine(head);
    }
    for (const auto& [key, group] : groups) {
        printLine("  " + std::to_string(group.size) + " x " + key.first + ": " + key.second);
        if (!group.names.empty()) {
            printLine("      " + namesOf(group.names, group.size));
        }
    }
}

ValueMap ImportReport::value(bool isDry) const {
    return {{"dry_run", isDry},
            {"people", gatehouse::valueOf(people)},
            {"clients", gatehouse::valueOf(clients)},
            {"left_behind", valueOf(left_)},
            {"remarks", valueOf(remarks_)}};
}

ValueList ImportReport::valueOf(const Groups& groups) {
    ValueList list;
    for (const auto& [key, group] : groups) {
        list.emplace_back(ValueMap{{"what", key.first},
                                   {"why", key.second},
                                   {"count", number(group.size)},
                                   {"names", listOfTexts(group.names)}});
    }
    return list;
}

}  // namespace gatehouse
