-- SPDX-License-Identifier: Apache-2.0
DROP VIEW gatehouse_readable;
DROP FUNCTION gatehouse_jsonb(bytea);
DROP FUNCTION gatehouse_drop_expired(bigint, bigint);
DROP FUNCTION gatehouse_apply(bigint, int[], int[], int[], text[], bytea[], bigint[], bigint[], bytea[], bigint[], int[],
    text[], bytea[], bytea[]);
DROP TABLE gatehouse_counters, gatehouse_notices, gatehouse_links, gatehouse_records;
DROP FUNCTION gatehouse_link();
