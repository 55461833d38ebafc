// SPDX-License-Identifier: Apache-2.0
#include "EventBook.h"

#include <algorithm>
#include <utility>

namespace gatehouse {

namespace {

constexpr const char* kind = "events";

}  // namespace

Result<KeptEvents> EventBook::of(const Context& context, std::string_view sub) const {
    const auto record = host_.records().find(context, kind, sub);
    return record ? Result<KeptEvents>(read(*record)) : record.error();
}

Status EventBook::add(const Context& context, const std::string& sub,
                      const KeptEvents& events) const {
    while (host_.clock().steady() < context.deadline) {
        const auto isAdded = tryToAdd(context, sub, events);
        if (!isAdded || *isAdded) {
            return isAdded ? done() : isAdded.error();
        }
    }
    return Error::unavailable("other nodes keep events of the same person all the time");
}

KeptEvents EventBook::read(const std::optional<Record>& record) const {
    auto events = record ? keptEvents(record->payload).value_or(KeptEvents()) : KeptEvents();
    const auto oldest = host_.clock().now() - keep_;
    events.erase(std::remove_if(events.begin(), events.end(),
                                [&](const KeptEvent& kept) { return kept.event.time < oldest; }),
                 events.end());
    return events;
}

Result<bool> EventBook::tryToAdd(const Context& context, const std::string& sub,
                                 const KeptEvents& events) const {
    const auto record = host_.records().find(context, kind, sub);
    if (!record) {
        return record.error();
    }
    auto all = read(*record);
    for (const auto& event : events) {
        gatehouse::add(all, event);
    }
    all.resize(std::min(all.size(), most_));
    Batch batch;
    batch.expects.push_back(*record ? Expect{kind, sub, Expect::State::version, (*record)->version}
                                    : Expect{kind, sub});
    Record changed;
    changed.kind = kind;
    changed.key = sub;
    changed.expires = host_.clock().now() + keep_;
    changed.payload = toText(all);
    batch.puts.push_back(std::move(changed));
    const auto outcome = host_.records().apply(context, std::move(batch));
    return outcome ? Result<bool>(outcome->applied()) : outcome.error();
}

}  // namespace gatehouse
