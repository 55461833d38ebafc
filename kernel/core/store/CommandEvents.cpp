// SPDX-License-Identifier: Apache-2.0
#include "store/CommandEvents.h"

#include "json/Json.h"

#include <string>
#include <utility>

namespace gatehouse {

namespace {

constexpr const char* kind = "command_event";
constexpr auto noticeLifetime = std::chrono::hours{1};

/// Keys in the order of time.
std::string keyAt(TimePoint now, Random& random) {
    constexpr std::size_t randomSize = 8;
    const auto time = static_cast<std::uint64_t>(now.time_since_epoch().count());
    std::string key;
    for (int shift = 56; shift >= 0; shift -= 8) {
        key += static_cast<char>(time >> static_cast<unsigned>(shift));
    }
    return key + random.bytes(randomSize);
}

Event eventOf(const Record& record) {
    Event event;
    event.type = "admin.command";
    if (auto details = parseJson(record.payload); details && details->map() != nullptr) {
        event.details = std::move(*details->map());
    }
    return event;
}

}  // namespace

Status CommandEvents::leave(const Context& context, ValueMap details) {
    const auto now = clock_.now();
    details.set("at", toSeconds(now));
    Record record;
    record.kind = kind;
    record.key = keyAt(now, random_);
    record.payload = toJson(details);
    Batch batch;
    batch.puts.push_back(std::move(record));
    batch.notices.push_back({topic, {}, context.issuer.id, now + noticeLifetime});
    const auto outcome = records_.apply(context, std::move(batch));
    return outcome ? done() : Status{outcome.error()};
}

Status CommandEvents::handOut(const Context& context, Events& events) {
    constexpr std::size_t pageSize = 100;
    const auto page = records_.list(context, kind, {}, {}, pageSize);
    if (!page) {
        return page.error();
    }
    for (const auto& record : page->records) {
        Batch batch;
        batch.expects.push_back({kind, record.key, Expect::State::present, 0});
        batch.erases.push_back({kind, record.key});
        const auto outcome = records_.apply(context, std::move(batch));
        if (!outcome) {
            return outcome.error();
        }
        if (outcome->applied()) {
            events.publish(context, eventOf(record));
        }
    }
    return page->next.empty() ? done() : handOut(context, events);
}

}  // namespace gatehouse
