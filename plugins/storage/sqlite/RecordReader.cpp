// SPDX-License-Identifier: Apache-2.0
#include "RecordReader.h"

#include "LinkBlob.h"

namespace gatehouse {
namespace {

constexpr const char* findSql =
    "SELECT key, issuer, version, family, expires, links, payload FROM records"
    " WHERE kind = ?1 AND key = ?2 AND (expires IS NULL OR expires > ?3)";
constexpr const char* listAllSql =
    "SELECT key, issuer, version, family, expires, links, payload FROM records"
    " WHERE kind = ?1 AND issuer = ?2 AND key > ?3 AND (expires IS NULL OR expires > ?4)"
    " ORDER BY key LIMIT ?5";
constexpr const char* listLinkedSql =
    "SELECT r.key, r.issuer, r.version, r.family, r.expires, r.links, r.payload"
    " FROM links AS l CROSS JOIN records AS r ON r.kind = l.kind AND r.key = l.key"
    " WHERE l.kind = ?1 AND l.issuer = ?2 AND l.name = ?6 AND l.value = ?7 AND l.key > ?3"
    " AND (r.expires IS NULL OR r.expires > ?4) ORDER BY l.key LIMIT ?5";
constexpr const char* changesSql =
    "SELECT number, topic, key, issuer, expires FROM notices"
    " WHERE number > ?1 AND (expires IS NULL OR expires > ?2) ORDER BY number LIMIT 1000";
constexpr const char* everythingSql =
    "SELECT key, issuer, version, family, expires, links, payload, kind FROM records"
    " WHERE (kind, key) > (?1, ?2) ORDER BY kind, key LIMIT ?3";

std::int64_t count(TimePoint time) {
    return time.time_since_epoch().count();
}

}  // namespace

RecordReader::RecordReader(Connection& connection, Names& names)
    : connection_(connection), names_(names), find_(connection.handle(), findSql),
      listAll_(connection.handle(), listAllSql), listLinked_(connection.handle(), listLinkedSql),
      changes_(connection.handle(), changesSql) {}

std::optional<Record> RecordReader::find(std::string_view kind, std::string_view key,
                                         TimePoint now) {
    const auto kindId = names_.find(connection_, kind);
    if (!kindId) {
        return std::nullopt;
    }
    auto rows = find_.run(*kindId, key, count(now));
    return rows.next() ? std::optional<Record>(recordOf(kind, rows)) : std::nullopt;
}

RecordPage RecordReader::list(IssuerId issuer, std::string_view kind, const Link& link,
                              std::string_view after, std::size_t limit, TimePoint now) {
    const auto kindId = names_.find(connection_, kind);
    const auto issuerId = std::int64_t{issuer};
    // One more than asked for tells whether there is another page.
    const auto rowLimit = static_cast<std::int64_t>(limit) + 1;
    if (!kindId) {
        return {};
    }
    if (link.name.empty()) {
        auto rows = listAll_.run(*kindId, issuerId, after, count(now), rowLimit);
        return pageOf(kind, rows, limit);
    }
    const auto nameId = names_.find(connection_, link.name);
    if (!nameId) {
        return {};
    }
    auto rows =
        listLinked_.run(*kindId, issuerId, after, count(now), rowLimit, *nameId, link.value);
    return pageOf(kind, rows, limit);
}

std::vector<Change> RecordReader::changesSince(std::uint64_t number, TimePoint now) {
    std::vector<Change> changes;
    auto rows = changes_.run(static_cast<std::int64_t>(number), count(now));
    while (rows.next()) {
        Change change;
        change.number = static_cast<std::uint64_t>(rows.number(0));
        change.notice.topic = rows.bytes(1);
        change.notice.key = rows.bytes(2);
        change.notice.issuer = static_cast<IssuerId>(rows.number(3));
        change.notice.expires = rows.time(4);
        changes.push_back(std::move(change));
    }
    return changes;
}

std::vector<Record> RecordReader::everything(const RecordKey& after, std::size_t limit) {
    if (!everything_) {
        everything_.emplace(connection_.handle(), everythingSql);
    }
    std::vector<Record> records;
    const auto kind = names_.find(connection_, after.kind).value_or(0);
    auto rows = everything_->run(kind, after.key, static_cast<std::int64_t>(limit));
    while (rows.next()) {
        records.push_back(recordOf(names_.name(connection_, rows.number(7)), rows));
    }
    return records;
}

Record RecordReader::recordOf(std::string_view kind, const Statement::Rows& rows) {
    Record record;
    record.kind = kind;
    record.key = rows.bytes(0);
    record.issuer = static_cast<IssuerId>(rows.number(1));
    record.version = static_cast<std::uint64_t>(rows.number(2));
    record.family = rows.bytes(3);
    record.expires = rows.time(4);
    for (auto& link : readLinks(rows.bytes(5))) {
        record.links.push_back({names_.name(connection_, link.name), std::move(link.value)});
    }
    record.payload = rows.bytes(6);
    return record;
}

RecordPage RecordReader::pageOf(std::string_view kind, Statement::Rows& rows, std::size_t limit) {
    RecordPage page;
    while (rows.next()) {
        if (page.records.size() == limit) {
            page.next = page.records.back().key;
            break;
        }
        page.records.push_back(recordOf(kind, rows));
    }
    return page;
}

}  // namespace gatehouse
