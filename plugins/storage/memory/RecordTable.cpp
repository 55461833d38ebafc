// SPDX-License-Identifier: Apache-2.0
#include "RecordTable.h"

namespace gatehouse {

const Record* RecordTable::find(std::string_view kind, std::string_view key, TimePoint now) const {
    const auto table = records_.find(kind);
    if (table == records_.end()) {
        return nullptr;
    }
    const auto found = table->second.find(key);
    const bool isLive = found != table->second.end() && found->second.expires > now;
    return isLive ? &found->second : nullptr;
}

RecordPage RecordTable::list(IssuerId issuer, std::string_view kind, const Link& link,
                             std::string_view after, std::size_t limit, TimePoint now) const {
    RecordPage page;
    const auto keys = byLink_.find({std::string(kind), issuer, link.name, link.value});
    if (keys == byLink_.end()) {
        return page;
    }
    for (auto key = keys->second.upper_bound(after); key != keys->second.end(); ++key) {
        const Record* record = find(kind, *key, now);
        if (record == nullptr) {
            continue;
        }
        if (page.records.size() == limit) {
            page.next = page.records.back().key;
            break;
        }
        page.records.push_back(*record);
    }
    return page;
}

void RecordTable::put(Record record, TimePoint now) {
    const Record* old = find(record.kind, record.key, now);
    record.version = old == nullptr ? 1 : old->version + 1;
    remove({record.kind, record.key});
    index(record);
    auto& table = records_[record.kind];
    std::string key = record.key;
    table.insert_or_assign(std::move(key), std::move(record));
}

void RecordTable::erase(std::string_view kind, std::string_view key) {
    remove({std::string(kind), std::string(key)});
}

void RecordTable::eraseFamily(const std::string& family) {
    if (family.empty()) {
        return;
    }
    for (auto at = byFamily_.lower_bound({family, {}});
         at != byFamily_.end() && at->first == family; at = byFamily_.lower_bound({family, {}})) {
        remove(Place(at->second));
    }
}

std::size_t RecordTable::dropExpired(TimePoint before, std::size_t atMost) {
    std::size_t dropped = 0;
    while (dropped < atMost && !byExpiry_.empty() && byExpiry_.begin()->first <= before) {
        remove(Place(byExpiry_.begin()->second));
        ++dropped;
    }
    return dropped;
}

void RecordTable::index(const Record& record) {
    // The link without a name is the list of everything of that kind and issuer.
    byLink_[{record.kind, record.issuer, {}, {}}].insert(record.key);
    for (const auto& link : record.links) {
        byLink_[{record.kind, record.issuer, link.name, link.value}].insert(record.key);
    }
    if (!record.family.empty()) {
        byFamily_.insert({record.family, {record.kind, record.key}});
    }
    if (record.expires != never) {
        byExpiry_.insert({record.expires, {record.kind, record.key}});
    }
}

void RecordTable::unindex(const Record& record) {
    const auto drop = [&](const Link& link) {
        const auto keys = byLink_.find({record.kind, record.issuer, link.name, link.value});
        if (keys == byLink_.end()) {
            return;
        }
        keys->second.erase(record.key);
        if (keys->second.empty()) {
            byLink_.erase(keys);
        }
    };
    drop({});
    for (const auto& link : record.links) {
        drop(link);
    }
    byFamily_.erase({record.family, {record.kind, record.key}});
    byExpiry_.erase({record.expires, {record.kind, record.key}});
}

void RecordTable::remove(const Place& place) {
    const auto table = records_.find(place.first);
    if (table == records_.end()) {
        return;
    }
    const auto found = table->second.find(place.second);
    if (found == table->second.end()) {
        return;
    }
    unindex(found->second);
    table->second.erase(found);
}

}  // namespace gatehouse
