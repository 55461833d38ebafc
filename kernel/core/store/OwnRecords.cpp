// SPDX-License-Identifier: Apache-2.0
#include "store/OwnRecords.h"

#include <utility>

namespace gatehouse {

Result<std::optional<Record>> OwnRecords::find(const Context& context, std::string_view kind,
                                               std::string_view key) {
    auto found = records_.find(context, names_.kindIn(kind), key);
    if (found && *found) {
        (*found)->kind = kind;
    }
    return found;
}

Result<Outcome> OwnRecords::apply(const Context& context, Batch batch) {
    if (!names_.isKernel() && !batch.eraseFamilies.empty()) {
        return Error::internal("a plugin erases its records by their keys, not by family");
    }
    names_.putIn(batch);
    auto outcome = records_.apply(context, std::move(batch));
    if (outcome && outcome->found) {
        outcome->found->kind = names_.kindOut(outcome->found->kind);
    }
    return outcome;
}

Result<bool> OwnRecords::once(const Context& context, std::string_view kind, std::string_view id,
                              TimePoint until, TimePoint earliest) {
    return records_.once(context, names_.kindIn(kind), id, until, earliest);
}

Result<RecordPage> OwnRecords::list(const Context& context, std::string_view kind, const Link& link,
                                    std::string_view after, std::size_t limit) {
    auto page = records_.list(context, names_.kindIn(kind), link, after, limit);
    if (page) {
        for (auto& record : page->records) {
            record.kind = kind;
        }
    }
    return page;
}

Result<std::int64_t> OwnRecords::count(const Context& context, std::string_view key,
                                       seconds window) {
    return records_.count(context, names_.counterIn(key), window);
}

}  // namespace gatehouse
