// SPDX-License-Identifier: Apache-2.0
#include "TotpKeys.h"

#include <gatehouse/Records.h>

#include <utility>

namespace gatehouse {

namespace {

constexpr std::string_view kind = "totp_key";
constexpr std::string_view usedKind = "totp_code";

}  // namespace

Result<std::optional<TotpKey>> TotpKeys::find(const Context& context,
                                              const FoundUser& person) const {
    const auto name = nameOf(context, person);
    if (!name) {
        return name.error();
    }
    const auto record = host_.records().find(context, kind, *name);
    if (!record) {
        return record.error();
    }
    if (!*record) {
        return std::optional<TotpKey>();
    }
    const auto text = host_.crypto().open(kind, (*record)->payload, *name);
    if (!text) {
        return text.error();
    }
    auto key = TotpKey::parse(text->view());
    return key ? Result<std::optional<TotpKey>>(std::move(key))
               : Error::internal("a key that is kept for codes cannot be read");
}

Result<bool> TotpKeys::add(const Context& context, const FoundUser& person,
                           const TotpKey& key) const {
    const auto name = nameOf(context, person);
    if (!name) {
        return name.error();
    }
    TotpKey kept = key;
    kept.added = host_.clock().now();
    Record record;
    record.kind = kind;
    record.key = *name;
    record.links = {{"subject", *name}};
    record.payload = host_.crypto().seal(kind, kept.text(), *name);
    Batch batch;
    batch.expects.push_back({std::string(kind), *name, Expect::State::absent, 0});
    batch.puts.push_back(std::move(record));
    const auto outcome = host_.records().apply(context, std::move(batch));
    return outcome ? Result<bool>(outcome->applied()) : outcome.error();
}

Result<bool> TotpKeys::remove(const Context& context, const FoundUser& person) const {
    const auto name = nameOf(context, person);
    if (!name) {
        return name.error();
    }
    Batch batch;
    batch.expects.push_back({std::string(kind), *name, Expect::State::present, 0});
    batch.erases.push_back({std::string(kind), *name});
    const auto outcome = host_.records().apply(context, std::move(batch));
    return outcome ? Result<bool>(outcome->applied()) : outcome.error();
}

Result<bool> TotpKeys::useUp(const Context& context, const FoundUser& person, const TotpKey& key,
                             std::uint64_t step) const {
    const auto name = nameOf(context, person);
    if (!name) {
        return name.error();
    }
    return host_.records().once(context, usedKind, *name + "." + std::to_string(step),
                                ceasesToCount(key, step), beginsToCount(key, step));
}

Result<std::string> TotpKeys::nameOf(const Context& context, const FoundUser& person) const {
    return host_.subjects().of(context, person.store, person.user.id);
}

}  // namespace gatehouse
