// SPDX-License-Identifier: Apache-2.0
#include "Invitations.h"

#include <gatehouse/Records.h>

#include "json/Json.h"
#include "json/Members.h"
#include "text/Base64Url.h"
#include "text/Lower.h"

#include <utility>

namespace gatehouse {

namespace {

constexpr const char* kind = "invitation";
constexpr std::size_t page = 200;

const Link& all() {
    static const Link link{"invitation", "all"};
    return link;
}

Invitation read(const Record& record) {
    const auto json = parseJson(record.payload);
    const ValueMap members = json && json->map() != nullptr ? *json->map() : ValueMap();
    return {std::string(members.text("address")), fromSeconds(numberOf(members, "made")),
            record.expires};
}

}  // namespace

Result<bool> Invitations::has(const Context& context, std::string_view address) const {
    const auto record = host_.records().find(context, kind, keyOf(address));
    return record ? Result<bool>(record->has_value()) : record.error();
}

Result<Invitation> Invitations::add(const Context& context, std::string_view address,
                                    seconds life) const {
    const auto now = host_.clock().now();
    Record record;
    record.kind = kind;
    record.key = keyOf(address);
    record.links = {all()};
    record.expires = now + life;
    record.payload = toJson(ValueMap{{"address", lowered(address)}, {"made", toSeconds(now)}});
    auto made = read(record);
    Batch batch;
    batch.puts.push_back(std::move(record));
    const auto added = host_.records().apply(context, std::move(batch));
    return added ? Result<Invitation>(std::move(made)) : added.error();
}

Result<bool> Invitations::remove(const Context& context, std::string_view address) const {
    const auto key = keyOf(address);
    Batch batch;
    batch.expects.push_back({kind, key, Expect::State::present});
    batch.erases.push_back({kind, key});
    const auto removed = host_.records().apply(context, std::move(batch));
    return removed ? Result<bool>(removed->applied()) : removed.error();
}

Result<std::vector<Invitation>> Invitations::list(const Context& context) const {
    std::vector<Invitation> invitations;
    std::string after;
    do {
        auto some = host_.records().list(context, kind, all(), after, page);
        if (!some) {
            return some.error();
        }
        for (const auto& record : some->records) {
            invitations.push_back(read(record));
        }
        after = std::move(some->next);
    } while (!after.empty());
    return invitations;
}

std::string Invitations::keyOf(std::string_view address) const {
    return base64url(host_.crypto().mac(kind, lowered(address)));
}

}  // namespace gatehouse
