// SPDX-License-Identifier: Apache-2.0
#include "store/RecordsOf.h"

namespace gatehouse {

Status forEachRecordOf(std::string_view sub, Records& records, const Context& context,
                       std::string_view kind, const std::function<Status(const Record&)>& visit) {
    constexpr std::size_t pageSize = 100;
    const Link link{"subject", std::string(sub)};
    std::string after;
    do {
        const auto page = records.list(context, kind, link, after, pageSize);
        if (!page) {
            return page.error();
        }
        for (const auto& record : page->records) {
            if (auto visited = visit(record); !visited) {
                return visited;
            }
        }
        after = page->next;
    } while (!after.empty());
    return done();
}

}  // namespace gatehouse
