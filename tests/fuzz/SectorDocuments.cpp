// SPDX-License-Identifier: Apache-2.0
// What lies at a sector_identifier_uri.
#include "Fuzz.h"
#include "SectorDocument.h"
#include "json/Json.h"

#include <algorithm>

namespace gatehouse::fuzz {

void run(std::string_view input) {
    const auto read = readSectorDocument(input);
    if (!read) {
        return;
    }
    ensure(std::all_of(read->begin(), read->end(),
                       [](const Value& entry) { return entry.text() != nullptr; }),
           "it is a list of texts");
    const auto again = readSectorDocument(toJson(Value(*read)));
    ensure(again && *again == *read, "a list that is written is the same list");
}

}  // namespace gatehouse::fuzz
