// SPDX-License-Identifier: Apache-2.0
#include "RecordPages.h"

#include "RecordRows.h"
#include "Statements.h"

#include <Poco/Data/LOB.h>
#include <Poco/Data/Statement.h>
#include <Poco/NumberFormatter.h>

#include <string>
#include <string_view>

using Poco::Data::Keywords::into;
using Poco::Data::Keywords::now;
using Poco::Data::Keywords::use;

namespace gatehouse {
namespace {

/// All columns but the arrays as they are; those in the binary form that elementsIn() reads.
constexpr const char* everythingSql =
    "SELECT kind, key, issuer, version, coalesce(family, ''), coalesce(expires, "
    "9223372036854775807),"
    " array_send(link_names), array_send(link_values), payload FROM gatehouse_records"
    " WHERE (kind, key) > ($1, decode($2, 'hex')) ORDER BY kind, key LIMIT $3";

std::string bytesOf(const Poco::Data::BLOB& blob) {
    return {blob.rawContent() == nullptr ? "" : reinterpret_cast<const char*>(blob.rawContent()),
            blob.size()};
}

std::string hexOf(std::string_view bytes) {
    std::string text;
    for (const char byte : bytes) {
        Poco::NumberFormatter::appendHex(text, static_cast<unsigned char>(byte), 2);
    }
    return text;
}

/// The columns of everythingSql.
struct Columns {
    std::vector<std::string> kinds;
    std::vector<Poco::Data::BLOB> keys;
    std::vector<Poco::Int64> issuers;
    std::vector<Poco::Int64> versions;
    std::vector<Poco::Data::BLOB> families;
    std::vector<Poco::Int64> expiries;
    std::vector<Poco::Data::BLOB> linkNames;
    std::vector<Poco::Data::BLOB> linkValues;
    std::vector<Poco::Data::BLOB> payloads;

    Record record(std::size_t row) const {
        Record record;
        record.kind = kinds[row];
        record.key = bytesOf(keys[row]);
        record.issuer = static_cast<IssuerId>(issuers[row]);
        record.version = static_cast<std::uint64_t>(versions[row]);
        record.family = bytesOf(families[row]);
        record.expires = TimePoint{milliseconds{expiries[row]}};
        record.links =
            linksOf(elementsIn(bytesOf(linkNames[row])), elementsIn(bytesOf(linkValues[row])));
        record.payload = bytesOf(payloads[row]);
        return record;
    }
};

Columns columnsBehind(Poco::Data::Session& session, const RecordKey& after, std::size_t limit) {
    Columns columns;
    std::string kind = after.kind;
    std::string key = hexOf(after.key);
    auto most = static_cast<Poco::Int64>(limit);
    session << everythingSql, use(kind), use(key), use(most), into(columns.kinds),
        into(columns.keys), into(columns.issuers), into(columns.versions), into(columns.families),
        into(columns.expiries), into(columns.linkNames), into(columns.linkValues),
        into(columns.payloads), now;
    return columns;
}

}  // namespace

std::vector<Record> recordsBehind(Connection& connection, const RecordKey& after,
                                  std::size_t limit) {
    const Columns columns = withStatements(connection, [&](Poco::Data::Session& session) {
        return columnsBehind(session, after, limit);
    });
    std::vector<Record> records;
    records.reserve(columns.kinds.size());
    for (std::size_t row = 0; row < columns.kinds.size(); ++row) {
        records.push_back(columns.record(row));
    }
    return records;
}

}  // namespace gatehouse
