// SPDX-License-Identifier: Apache-2.0
#include "SchemaSteps.h"

namespace gatehouse {

namespace {

// Keys ascend, so rows and index entries are added at the end; times are milliseconds since 1970,
// NULL is never.
constexpr const char* records = R"(
    CREATE TABLE names (id INTEGER PRIMARY KEY, name BLOB NOT NULL UNIQUE);
    CREATE TABLE records (
        id INTEGER PRIMARY KEY,
        kind INTEGER NOT NULL,
        key BLOB NOT NULL,
        issuer INTEGER NOT NULL,
        version INTEGER NOT NULL,
        family BLOB,
        expires INTEGER,
        links BLOB,
        payload BLOB NOT NULL);
    CREATE UNIQUE INDEX records_by_key ON records (kind, key);
    CREATE INDEX records_by_family ON records (family) WHERE family IS NOT NULL;
    CREATE INDEX records_by_expiry ON records (expires) WHERE expires IS NOT NULL;
    CREATE TABLE links (
        kind INTEGER NOT NULL,
        issuer INTEGER NOT NULL,
        name INTEGER NOT NULL,
        value BLOB NOT NULL,
        key BLOB NOT NULL,
        PRIMARY KEY (kind, issuer, name, value, key)) WITHOUT ROWID;
    CREATE TABLE notices (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        topic BLOB NOT NULL,
        key BLOB NOT NULL,
        issuer INTEGER NOT NULL,
        expires INTEGER);
    CREATE INDEX notices_by_expiry ON notices (expires) WHERE expires IS NOT NULL;
    )";

}  // namespace

const std::vector<SchemaStep>& schemaSteps() {
    static const std::vector<SchemaStep> steps{
        {"records, links and notices", 1, records, nullptr},
    };
    return steps;
}

}  // namespace gatehouse
