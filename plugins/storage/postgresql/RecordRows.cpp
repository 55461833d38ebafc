// SPDX-License-Identifier: Apache-2.0
#include "RecordRows.h"

#include <algorithm>
#include <utility>

namespace gatehouse {

Record recordIn(const Rows& rows, int row, int first) {
    Record record;
    record.kind = rows.bytes(row, first);
    record.key = rows.bytes(row, first + 1);
    record.issuer = static_cast<IssuerId>(rows.number(row, first + 2));
    record.version = static_cast<std::uint64_t>(rows.number(row, first + 3));
    record.family = rows.bytes(row, first + 4);
    record.expires = rows.time(row, first + 5);
    auto names = rows.array(row, first + 6);
    auto values = rows.array(row, first + 7);
    for (std::size_t index = 0; index < std::min(names.size(), values.size()); ++index) {
        record.links.push_back({std::move(names[index]), std::move(values[index])});
    }
    record.payload = rows.bytes(row, first + 8);
    return record;
}

}  // namespace gatehouse
