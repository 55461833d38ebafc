// SPDX-License-Identifier: Apache-2.0
#include "store/IssuerRecord.h"

namespace gatehouse {

namespace {

constexpr std::string_view kind = "issuer";
constexpr std::string_view urlKey = "url";
constexpr std::string_view subjectsKey = "subjects";

Record recordOf(std::string_view key, std::string payload) {
    Record record;
    record.kind = kind;
    record.key = key;
    record.payload = std::move(payload);
    return record;
}

}  // namespace

Result<bool> IssuerRecord::begin(const Context& context) const {
    Batch batch;
    batch.expects.push_back({std::string(kind), std::string(urlKey), Expect::State::absent, 0});
    batch.puts = {recordOf(urlKey, context.issuer.url), recordOf(subjectsKey, "keyed")};
    const auto outcome = records_.apply(context, std::move(batch));
    return outcome ? Result<bool>(outcome->applied()) : outcome.error();
}

Result<std::string> IssuerRecord::url(const Context& context) const {
    const auto known = records_.find(context, kind, urlKey);
    if (!known) {
        return known.error();
    }
    return *known ? (*known)->payload : std::string{};
}

Status IssuerRecord::setUrl(const Context& context) const {
    Batch batch;
    batch.puts.push_back(recordOf(urlKey, context.issuer.url));
    const auto outcome = records_.apply(context, std::move(batch));
    return outcome ? done() : Status{outcome.error()};
}

Result<bool> IssuerRecord::hasKeyedSubjects(const Context& context) const {
    const auto mark = records_.find(context, kind, subjectsKey);
    if (!mark || *mark) {
        return mark ? Result<bool>(true) : mark.error();
    }
    const auto begun = url(context);
    if (!begun || !begun->empty()) {
        return begun ? Result<bool>(false) : begun.error();
    }
    return Error::unavailable("the issuer has not started yet: its people have no sub");
}

}  // namespace gatehouse
