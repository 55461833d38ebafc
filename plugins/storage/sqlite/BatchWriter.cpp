// SPDX-License-Identifier: Apache-2.0
#include "BatchWriter.h"

#include "LinkBlob.h"
#include "SqliteFailure.h"

#include <vector>

namespace gatehouse {
namespace {

constexpr const char* insertSql =
    "INSERT INTO records (kind, key, issuer, version, family, expires, links, payload)"
    " VALUES (?1, ?2, ?3, 1, ?4, ?5, ?6, ?7) ON CONFLICT (kind, key) DO NOTHING";
constexpr const char* headSql =
    "SELECT id, kind, issuer, key, links, version, expires, family FROM records"
    " WHERE kind = ?1 AND key = ?2";
constexpr const char* updateSql =
    "UPDATE records SET issuer = ?2, version = ?3, family = ?4, expires = ?5, links = ?6,"
    " payload = ?7 WHERE id = ?1";
/// Every index over a column that is named here is written again, whether it changes or not.
constexpr const char* updatePayloadSql =
    "UPDATE records SET version = ?2, payload = ?3 WHERE id = ?1";
constexpr const char* eraseSql = "DELETE FROM records WHERE id = ?1";
constexpr const char* familySql =
    "SELECT id, kind, issuer, key, links FROM records WHERE family = ?1";
constexpr const char* expiredSql = "SELECT id, kind, issuer, key, links FROM records WHERE expires "
                                   "<= ?1 ORDER BY expires LIMIT ?2";
constexpr const char* insertLinkSql =
    "INSERT INTO links (kind, issuer, name, value, key) VALUES (?1, ?2, ?3, ?4, ?5)"
    " ON CONFLICT DO NOTHING";
constexpr const char* eraseLinkSql =
    "DELETE FROM links WHERE kind = ?1 AND issuer = ?2 AND name = ?3 AND value = ?4 AND key = ?5";
constexpr const char* insertNoticeSql =
    "INSERT INTO notices (topic, key, issuer, expires) VALUES (?1, ?2, ?3, ?4)";
constexpr const char* dropNoticesSql =
    "DELETE FROM notices WHERE number IN"
    " (SELECT number FROM notices WHERE expires <= ?1 ORDER BY expires LIMIT ?2)";

using Bytes = std::optional<std::string_view>;

Bytes orNull(const std::string& bytes) {
    return bytes.empty() ? Bytes() : Bytes(bytes);
}

bool meets(const Expect& expect, const std::optional<Record>& record) {
    const bool isOwn = record && (expect.issuer == 0 || record->issuer == expect.issuer);
    switch (expect.state) {
    case Expect::State::absent: return !record;
    case Expect::State::present: return isOwn;
    case Expect::State::version: return isOwn && record->version == expect.version;
    }
    return false;
}

}  // namespace

BatchWriter::BatchWriter(Connection& connection, Names& names)
    : connection_(connection), names_(names), reader_(connection, names),
      insert_(connection.handle(), insertSql), head_(connection.handle(), headSql),
      update_(connection.handle(), updateSql),
      updatePayload_(connection.handle(), updatePayloadSql), erase_(connection.handle(), eraseSql),
      family_(connection.handle(), familySql), expired_(connection.handle(), expiredSql),
      insertLink_(connection.handle(), insertLinkSql),
      eraseLink_(connection.handle(), eraseLinkSql),
      insertNotice_(connection.handle(), insertNoticeSql),
      dropNotices_(connection.handle(), dropNoticesSql) {}

void BatchWriter::learnNames(const Batch& batch) {
    for (const auto& record : batch.puts) {
        idOf(record.kind);
        for (const auto& link : record.links) {
            idOf(link.name);
        }
    }
}

Outcome BatchWriter::apply(const Batch& batch, TimePoint now) {
    if (auto refused = refusal(batch, now)) {
        return *std::move(refused);
    }
    for (const auto& place : batch.erases) {
        erase(place);
    }
    for (const auto& family : batch.eraseFamilies) {
        eraseFamily(family);
    }
    for (const auto& record : batch.puts) {
        put(record, now);
    }
    for (const auto& notice : batch.notices) {
        insertNotice_.execute(notice.topic, notice.key, std::int64_t{notice.issuer},
                              notice.expires);
    }
    return {};
}

std::size_t BatchWriter::dropExpired(TimePoint before, std::size_t atMost) {
    const std::int64_t moment = before.time_since_epoch().count();
    std::size_t dropped = 0;
    {
        auto rows = expired_.run(moment, static_cast<std::int64_t>(atMost));
        dropped = eraseRows(rows);
    }
    const auto left = static_cast<std::int64_t>(atMost - dropped);
    return dropped + static_cast<std::size_t>(dropNotices_.execute(moment, left));
}

std::optional<Outcome> BatchWriter::refusal(const Batch& batch, TimePoint now) {
    for (std::size_t index = 0; index < batch.expects.size(); ++index) {
        const Expect& expect = batch.expects[index];
        auto record = reader_.find(expect.kind, expect.key, now);
        if (!meets(expect, record)) {
            return Outcome{index, std::move(record)};
        }
    }
    return std::nullopt;
}

void BatchWriter::put(const Record& record, TimePoint now) {
    const std::int64_t kind = idOf(record.kind);
    const std::string links = linksOf(record);
    const int inserted =
        insert_.execute(kind, record.key, std::int64_t{record.issuer}, orNull(record.family),
                        record.expires, orNull(links), record.payload);
    if (inserted == 0) {
        replace(kind, record, links, now);
        return;
    }
    addLinks(kind, record, links);
}

void BatchWriter::replace(std::int64_t kind, const Record& record, const std::string& links,
                          TimePoint now) {
    Row old;
    std::int64_t version = 1;
    bool isNewPayloadOnly = false;
    {
        auto rows = head_.run(kind, record.key);
        if (!rows.next()) {
            throw SqliteFailure(SQLITE_CORRUPT, "a record that is in the way cannot be found");
        }
        old = {rows.number(0), kind, rows.number(2), record.key, std::string(rows.bytes(4))};
        version = rows.time(6) > now ? rows.number(5) + 1 : 1;
        isNewPayloadOnly = old.issuer == std::int64_t{record.issuer} && old.links == links &&
                           rows.time(6) == record.expires && rows.bytes(7) == record.family;
    }
    if (isNewPayloadOnly) {
        updatePayload_.execute(old.id, version, record.payload);
        return;
    }
    update_.execute(old.id, std::int64_t{record.issuer}, version, orNull(record.family),
                    record.expires, orNull(links), record.payload);
    if (old.links != links || old.issuer != record.issuer) {
        eraseLinks(old);
        addLinks(kind, record, links);
    }
}

void BatchWriter::erase(const RecordKey& place) {
    const auto kind = names_.find(connection_, place.kind);
    if (kind) {
        auto rows = head_.run(*kind, place.key);
        eraseRows(rows);
    }
}

void BatchWriter::eraseFamily(std::string_view family) {
    if (!family.empty()) {
        auto rows = family_.run(family);
        eraseRows(rows);
    }
}

/// Collects first: a row must not go while its index is being read.
std::size_t BatchWriter::eraseRows(Statement::Rows& rows) {
    std::vector<Row> doomed;
    while (rows.next()) {
        doomed.push_back({rows.number(0), rows.number(1), rows.number(2),
                          std::string(rows.bytes(3)), std::string(rows.bytes(4))});
    }
    for (const auto& row : doomed) {
        eraseRow(row);
    }
    return doomed.size();
}

void BatchWriter::eraseRow(const Row& row) {
    eraseLinks(row);
    erase_.execute(row.id);
}

void BatchWriter::addLinks(std::int64_t kind, const Record& record, std::string_view blob) {
    for (const auto& link : readLinks(blob)) {
        insertLink_.execute(kind, std::int64_t{record.issuer}, link.name, link.value, record.key);
    }
}

void BatchWriter::eraseLinks(const Row& row) {
    for (const auto& link : readLinks(row.links)) {
        eraseLink_.execute(row.kind, row.issuer, link.name, link.value, row.key);
    }
}

std::string BatchWriter::linksOf(const Record& record) {
    std::vector<NumberedLink> links;
    links.reserve(record.links.size());
    for (const auto& link : record.links) {
        links.push_back({idOf(link.name), link.value});
    }
    return writeLinks(links);
}

}  // namespace gatehouse
