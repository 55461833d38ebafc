// SPDX-License-Identifier: Apache-2.0
#include "job/StoredJob.h"

#include "json/Json.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace gatehouse {
namespace {

constexpr std::size_t momentDigits = 12;

std::int64_t numberIn(const ValueMap& map, std::string_view name) {
    const Value* value = map.find(name);
    return value == nullptr || value->integer() == nullptr ? 0 : *value->integer();
}

std::optional<TimePoint> momentIn(std::string_view key) {
    std::int64_t count = 0;
    const auto digits = key.substr(0, momentDigits);
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), count, 16);
    const bool isMoment = digits.size() == momentDigits && read.ec == std::errc() &&
                          read.ptr == digits.data() + digits.size();
    return isMoment ? std::optional(TimePoint{milliseconds{count}}) : std::nullopt;
}

ValueMap described(const StoredJob& job) {
    return {{"handler", job.handler},
            {"queue", job.queue},
            {"issuer", std::int64_t{job.issuer}},
            {"tries", std::int64_t{job.tries}},
            {"problem", job.problem}};
}

}  // namespace

std::string StoredJob::keyOf(TimePoint due) {
    constexpr std::string_view digits = "0123456789abcdef";
    auto count =
        static_cast<std::uint64_t>(std::max<std::int64_t>(0, due.time_since_epoch().count()));
    std::string text(momentDigits, '0');
    for (auto digit = text.rbegin(); digit != text.rend(); ++digit) {
        *digit = digits[count % 16];
        count /= 16;
    }
    return text;
}

std::string StoredJob::key() const {
    return keyOf(due) + id;
}

Record StoredJob::record() const {
    Record record;
    record.kind = kind;
    record.key = key();
    record.links = {{queueLink, queueId()}};
    record.payload = toJson(described(*this));
    return record;
}

Record StoredJob::deadRecord(TimePoint expires) const {
    Record record;
    record.kind = deadKind;
    record.key = key();
    record.expires = expires;
    record.payload = toJson(described(*this));
    return record;
}

std::optional<StoredJob> StoredJob::of(const Record& record) {
    const auto due = momentIn(record.key);
    const auto id = due ? record.key.substr(momentDigits) : "";
    const auto made = momentIn(id);
    const auto members = parseJson(record.payload);
    if (!made || !members || members->map() == nullptr) {
        return std::nullopt;
    }
    const ValueMap& map = *members->map();
    StoredJob job;
    job.id = id;
    job.handler = map.text("handler");
    job.queue = map.text("queue");
    job.issuer = static_cast<IssuerId>(numberIn(map, "issuer"));
    job.made = *made;
    job.due = *due;
    job.tries = static_cast<std::uint32_t>(numberIn(map, "tries"));
    job.problem = map.text("problem");
    job.version = record.version;
    return job;
}

}  // namespace gatehouse
