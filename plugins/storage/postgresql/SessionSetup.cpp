// SPDX-License-Identifier: Apache-2.0
#include "SessionSetup.h"

namespace gatehouse {
namespace {

/// What the server or the database may have set otherwise. Every statement here goes by an index,
/// and must still do so when a table has grown since the plan was made. A setting of "off" for
/// synchronous_commit would lose what was acknowledged; stronger ones stay.
constexpr const char* settings = R"sql(
SET default_transaction_isolation = 'read committed';
SET client_min_messages = error;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 10000;
SET tcp_user_timeout = 10000;
SET tcp_keepalives_idle = 30;
SET tcp_keepalives_interval = 10;
SET tcp_keepalives_count = 3;
SET plan_cache_mode = force_generic_plan;
SET enable_seqscan = off;
SET enable_hashjoin = off;
SET enable_mergejoin = off;
SET jit = off;
SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off';
)sql";

/// By name, as recordIn() reads them: the next version may add columns while this one serves, and a
/// prepared statement whose result changes fails.
constexpr const char* statements = R"sql(
PREPARE gatehouse_apply (bigint, int[], int[], int[], text[], bytea[], bigint[], bigint[], bytea[], bigint[], int[],
    text[], bytea[], bytea[]) AS
    SELECT batch, failed, (standing).kind, (standing).key, (standing).issuer, (standing).version, (standing).family,
        (standing).expires, (standing).link_names, (standing).link_values, (standing).payload
    FROM gatehouse_apply($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14);
PREPARE gatehouse_find (text, bytea, bigint) AS
    SELECT kind, key, issuer, version, family, expires, link_names, link_values, payload
    FROM gatehouse_records WHERE kind = $1 AND key = $2 AND (expires IS NULL OR expires > $3);
PREPARE gatehouse_list_all (text, bigint, bytea, bigint, bigint) AS
    SELECT kind, key, issuer, version, family, expires, link_names, link_values, payload
    FROM gatehouse_records
    WHERE kind = $1 AND issuer = $2 AND key > $3 AND (expires IS NULL OR expires > $4)
    ORDER BY key LIMIT $5;
PREPARE gatehouse_list_linked (text, bigint, bytea, bigint, bigint, text, bytea) AS
    SELECT r.kind, r.key, r.issuer, r.version, r.family, r.expires, r.link_names, r.link_values, r.payload
    FROM gatehouse_links AS l JOIN gatehouse_records AS r ON r.kind = l.kind AND r.key = l.key
    WHERE l.kind = $1 AND l.issuer = $2 AND l.name = $6 AND l.value = $7 AND l.key > $3
        AND (r.expires IS NULL OR r.expires > $4)
    ORDER BY l.key LIMIT $5;
PREPARE gatehouse_count (bytea, bigint, bigint) AS
    INSERT INTO gatehouse_counters AS c (key, value, ends) VALUES (sha256($1), 1, $3)
    ON CONFLICT (key) DO UPDATE SET
        value = CASE WHEN c.ends > $2 THEN c.value + 1 ELSE 1 END,
        ends = CASE WHEN c.ends > $2 THEN c.ends ELSE $3 END
    RETURNING value;
PREPARE gatehouse_changes (bigint, bigint) AS
    SELECT number, topic, key, issuer, expires FROM gatehouse_notices
    WHERE number > $1 AND (expires IS NULL OR expires > $2) ORDER BY number LIMIT 1000;
PREPARE gatehouse_time AS SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint;
PREPARE gatehouse_drop (bigint, bigint) AS SELECT gatehouse_drop_expired($1, $2);
)sql";

}  // namespace

std::string sessionSetup(milliseconds statementTimeout) {
    return settings +
           ("SET statement_timeout = " + std::to_string(statementTimeout.count()) + ";") +
           statements;
}

}  // namespace gatehouse
