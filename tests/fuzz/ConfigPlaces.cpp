// SPDX-License-Identifier: Apache-2.0
#include "ConfigPlaces.h"

#include "Fuzz.h"
#include "config/SourceText.h"

#include <algorithm>
#include <string>

namespace gatehouse::fuzz {

namespace {

std::size_t characters(std::string_view line) {
    return static_cast<std::size_t>(std::count_if(line.begin(), line.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    }));
}

/// The line itself; nothing stands behind the last.
std::string_view lineOf(std::string_view text, int number) {
    for (int line = 1; line < number; ++line) {
        const auto end = text.find('\n');
        ensure(end != std::string_view::npos, "a place is in a line of the text");
        text.remove_prefix(end + 1);
    }
    return text.substr(0, text.find('\n'));
}

void checkPlace(std::string_view text, const Place& place) {
    ensure(place.file == fileName, "a place is in the file");
    ensure(place.line >= 1 && place.column >= 1, "lines and columns are counted from 1");
    const auto line = lineOf(text, place.line);
    // One behind the last: where something is missing.
    ensure(static_cast<std::size_t>(place.column) <= characters(line) + 1,
           "a place is in a column of its line, counted in characters");
}

std::size_t checkTree(std::string_view text, const ConfigNode& node, std::size_t depth) {
    ensure(depth <= mostConfigDepth, "no deeper than allowed");
    checkPlace(text, node.place());
    std::size_t values = 1;
    for (const auto& item : node.items()) {
        values += checkTree(text, item, depth + 1);
    }
    for (const auto& entry : node.entries()) {
        checkPlace(text, entry.keyPlace);
        ensure(&node.find(entry.key)->value == &entry.value, "a key stands once");
        values += checkTree(text, entry.value, depth + 1);
    }
    return values;
}

}  // namespace

void checkConfig(std::string_view text, const Result<ConfigNode, Problems>& read) {
    if (read) {
        ensure(read->isMap(), "a configuration is a map");
        ensure(checkTree(text, *read, 0) <= mostConfigValues, "no more values than allowed");
        return;
    }
    ensure(!read.error().empty(), "what cannot be read has a problem");
    for (const auto& problem : read.error()) {
        ensure(!problem.text.empty(), "a problem says what it is");
        if (text.size() <= mostConfigBytes) {
            checkPlace(text, problem.place);
        }
    }
}

}  // namespace gatehouse::fuzz
