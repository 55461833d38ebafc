// SPDX-License-Identifier: Apache-2.0
#include "RecordRows.h"

#include <algorithm>
#include <utility>

namespace gatehouse {

std::vector<Link> linksOf(std::vector<std::string> names, std::vector<std::string> values) {
    std::vector<Link> links;
    for (std::size_t index = 0; index < std::min(names.size(), values.size()); ++index) {
        links.push_back({std::move(names[index]), std::move(values[index])});
    }
    return links;
}

Record recordIn(const Rows& rows, int row, int first) {
    Record record;
    record.kind = rows.bytes(row, first);
    record.key = rows.bytes(row, first + 1);
    record.issuer = static_cast<IssuerId>(rows.number(row, first + 2));
    record.version = static_cast<std::uint64_t>(rows.number(row, first + 3));
    record.family = rows.bytes(row, first + 4);
    record.expires = rows.time(row, first + 5);
    record.links =
        linksOf(elementsIn(rows.bytes(row, first + 6)), elementsIn(rows.bytes(row, first + 7)));
    record.payload = rows.bytes(row, first + 8);
    return record;
}

}  // namespace gatehouse
