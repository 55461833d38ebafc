// SPDX-License-Identifier: Apache-2.0
#include "login/KeptOut.h"

#include <gatehouse/Records.h>

#include <string>
#include <utility>

namespace gatehouse {

namespace {

constexpr const char* kind = "kept_out";

Status applied(Host& host, const Context& context, Batch batch) {
    const auto outcome = host.records().apply(context, std::move(batch));
    return outcome ? done() : Status{outcome.error()};
}

}  // namespace

Result<bool> KeptOut::contains(const Context& context, std::string_view store,
                               std::string_view id) const {
    const auto sub = host_.subjects().of(context, store, id);
    if (!sub) {
        return sub.error();
    }
    const auto mark = host_.records().find(context, kind, *sub);
    return mark ? Result<bool>{mark->has_value()} : mark.error();
}

Status KeptOut::add(const Context& context, std::string_view store, std::string_view id) const {
    auto sub = host_.subjects().of(context, store, id);
    if (!sub) {
        return sub.error();
    }
    Record mark;
    mark.kind = kind;
    mark.key = *std::move(sub);
    Batch batch;
    batch.puts.push_back(std::move(mark));
    return applied(host_, context, std::move(batch));
}

Status KeptOut::remove(const Context& context, std::string_view store, std::string_view id) const {
    auto sub = host_.subjects().of(context, store, id);
    if (!sub) {
        return sub.error();
    }
    Batch batch;
    batch.erases.push_back({kind, *std::move(sub)});
    return applied(host_, context, std::move(batch));
}

}  // namespace gatehouse
