// SPDX-License-Identifier: Apache-2.0
#include "RecordCodec.h"

#include "RedisFailure.h"

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <string>

namespace gatehouse {
namespace {

constexpr milliseconds longerThanGood = std::chrono::hours{1};
/// What lasts longer is kept for good: Redis wants life times that it can add to its clock.
constexpr milliseconds longestLife = std::chrono::hours{24 * 365 * 10};

/// What the script answers for a batch that was applied.
constexpr std::int64_t applied = -1;

[[noreturn]] void refuse(const char* what) {
    throw RedisFailure(RedisFailure::Cause::away,
                       std::string("what it keeps is not what was stored: ") + what);
}

template <class Number> Number parsed(std::string_view digits) {
    Number number{};
    const char* end = digits.data() + digits.size();
    const auto read = std::from_chars(digits.data(), end, number);
    if (read.ec != std::errc{} || read.ptr != end) {
        refuse("a number is wanted");
    }
    return number;
}

TimePoint momentOf(std::string_view digits) {
    return digits.empty() ? never : TimePoint{milliseconds{parsed<std::int64_t>(digits)}};
}

/// SIZE:BYTES, so that any bytes may stand in it.
void addSized(std::string& packed, std::string_view text) {
    packed += std::to_string(text.size());
    packed += ':';
    packed += text;
}

/// What stands before the next colon; `rest` goes on behind it.
std::string_view takeField(std::string_view& rest) {
    const auto colon = rest.find(':');
    if (colon == std::string_view::npos) {
        refuse("a colon is missing");
    }
    const auto field = rest.substr(0, colon);
    rest.remove_prefix(colon + 1);
    return field;
}

std::string_view takeSized(std::string_view& rest) {
    const auto size = parsed<std::size_t>(takeField(rest));
    if (size > rest.size()) {
        refuse("a text is cut off");
    }
    const auto text = rest.substr(0, size);
    rest.remove_prefix(size);
    return text;
}

std::string packed(const std::vector<Link>& links) {
    std::string text;
    for (const auto& link : links) {
        addSized(text, link.name);
        addSized(text, link.value);
    }
    return text;
}

std::vector<Link> unpacked(std::string_view text) {
    std::vector<Link> links;
    while (!text.empty()) {
        Link link;
        link.name = takeSized(text);
        link.value = takeSized(text);
        links.push_back(std::move(link));
    }
    return links;
}

std::string placeOf(std::string_view kind, std::string_view key) {
    return std::string(kind) + ":" + std::string(key);
}

const char* nameOf(Expect::State state) {
    switch (state) {
    case Expect::State::absent: return "absent";
    case Expect::State::present: return "present";
    case Expect::State::version: break;
    }
    return "version";
}

void add(Words& words, std::initializer_list<std::string> more) {
    words.insert(words.end(), more);
}

void addExpect(Words& words, const Expect& expect) {
    add(words,
        {placeOf(expect.kind, expect.key), nameOf(expect.state), std::to_string(expect.version),
         std::to_string(expect.issuer), momentText(expect.since)});
}

void addRecord(Words& words, const Record& record, TimePoint now) {
    add(words, {record.kind, record.key, std::to_string(record.issuer), record.family,
                packed(record.links), momentText(record.expires), lifeText(record.expires, now),
                record.payload});
}

void addNotice(Words& words, const Notice& notice, TimePoint now) {
    std::string text = momentText(notice.expires) + ":" + std::to_string(notice.issuer) + ":";
    addSized(text, notice.topic);
    text += notice.key;
    add(words, {text, momentText(notice.expires), lifeText(notice.expires, now)});
}

}  // namespace

std::string momentText(TimePoint moment) {
    return moment == never ? std::string() : std::to_string(moment.time_since_epoch().count());
}

std::string lifeText(TimePoint expires, TimePoint now) {
    if (expires >= now + longestLife) {
        return {};
    }
    const auto left = std::max<milliseconds>(expires - std::min(now, expires), milliseconds{0});
    return std::to_string((left + longerThanGood).count());
}

void addBatch(Words& words, const Batch& batch, TimePoint now) {
    words.push_back(std::to_string(batch.expects.size()));
    for (const auto& expect : batch.expects) {
        addExpect(words, expect);
    }
    words.push_back(std::to_string(batch.erases.size()));
    for (const auto& erase : batch.erases) {
        words.push_back(placeOf(erase.kind, erase.key));
    }
    words.push_back(std::to_string(batch.eraseFamilies.size()));
    words.insert(words.end(), batch.eraseFamilies.begin(), batch.eraseFamilies.end());
    words.push_back(std::to_string(batch.puts.size()));
    for (const auto& record : batch.puts) {
        addRecord(words, record, now);
    }
    words.push_back(std::to_string(batch.notices.size()));
    for (const auto& notice : batch.notices) {
        addNotice(words, notice, now);
    }
}

Outcome outcomeOf(const Batch& batch, const Reply& reply) {
    if (reply->isInteger() && numberOf(reply) == applied) {
        return {};
    }
    const auto items = itemsOf(reply);
    const auto failed =
        items.empty() ? batch.expects.size() : static_cast<std::size_t>(numberOf(items[0]));
    if (failed >= batch.expects.size()) {
        refuse("no such expectation");
    }
    Outcome outcome{failed, std::nullopt};
    if (items.size() > 1) {
        const Expect& expect = batch.expects[failed];
        outcome.found = recordOf(expect.kind, expect.key, items[1]);
    }
    return outcome;
}

std::optional<Record> recordOf(std::string_view kind, std::string_view key, const Reply& fields) {
    const auto items = itemsOf(fields);
    if (items.size() != 6) {
        refuse("a record has six fields");
    }
    if (isNothing(items[0])) {
        return std::nullopt;
    }
    Record record;
    record.kind = kind;
    record.key = key;
    record.issuer = parsed<IssuerId>(textOf(items[0]));
    record.version = parsed<std::uint64_t>(textOf(items[1]));
    record.expires = momentOf(textOf(items[2]));
    record.family = textOf(items[3]);
    record.links = unpacked(textOf(items[4]));
    record.payload = textOf(items[5]);
    return record;
}

RecordPage pageOf(std::string_view kind, const Reply& reply) {
    const auto items = itemsOf(reply);
    if (items.size() % 2 != 1) {
        refuse("a page is keys and records");
    }
    RecordPage page;
    page.next = textOf(items[0]);
    for (std::size_t index = 1; index < items.size(); index += 2) {
        if (auto record = recordOf(kind, textOf(items[index]), items[index + 1])) {
            page.records.push_back(*std::move(record));
        }
    }
    return page;
}

Change changeOf(const Reply& reply) {
    std::string_view rest = textOf(reply);
    Change change;
    change.number = parsed<std::uint64_t>(takeField(rest));
    change.notice.expires = momentOf(takeField(rest));
    change.notice.issuer = parsed<IssuerId>(takeField(rest));
    change.notice.topic = takeSized(rest);
    change.notice.key = rest;
    return change;
}

}  // namespace gatehouse
