-- SPDX-License-Identifier: Apache-2.0
-- Keys, families, values of links and payloads are any bytes, so they are bytea. Times are milliseconds since 1970; an
-- expiry that is NULL never comes.
CREATE TABLE gatehouse_records (
    kind text COLLATE "C" NOT NULL,
    key bytea NOT NULL,
    issuer bigint NOT NULL,
    version bigint NOT NULL,
    family bytea,
    expires bigint,
    link_names text[] NOT NULL,
    link_values bytea[] NOT NULL,
    payload bytea NOT NULL,
    PRIMARY KEY (kind, key)
) WITH (fillfactor = 90, vacuum_truncate = false, autovacuum_vacuum_scale_factor = 0.05);
CREATE INDEX gatehouse_records_by_family ON gatehouse_records (family) WHERE family IS NOT NULL;
CREATE INDEX gatehouse_records_by_expiry ON gatehouse_records (expires) WHERE expires IS NOT NULL;

-- What records can be listed by; kept true by the triggers below.
CREATE TABLE gatehouse_links (
    kind text COLLATE "C" NOT NULL,
    issuer bigint NOT NULL,
    name text COLLATE "C" NOT NULL,
    value bytea NOT NULL,
    key bytea NOT NULL,
    PRIMARY KEY (kind, issuer, name, value, key)
) WITH (vacuum_truncate = false);

-- The change feed.
CREATE TABLE gatehouse_notices (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic text NOT NULL,
    key bytea NOT NULL,
    issuer bigint NOT NULL,
    expires bigint
) WITH (vacuum_truncate = false);
CREATE INDEX gatehouse_notices_by_expiry ON gatehouse_notices (expires) WHERE expires IS NOT NULL;

-- Counters need not survive a crash, so they are not written to the log. The key is a hash: it may be long.
CREATE UNLOGGED TABLE gatehouse_counters (
    key bytea PRIMARY KEY,
    value bigint NOT NULL,
    ends bigint NOT NULL
) WITH (fillfactor = 70, vacuum_truncate = false);
CREATE INDEX gatehouse_counters_by_end ON gatehouse_counters (ends);

CREATE FUNCTION gatehouse_link() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        DELETE FROM gatehouse_links AS link
            USING unnest(OLD.link_names, OLD.link_values) AS old_link (name, value)
            WHERE link.kind = OLD.kind AND link.issuer = OLD.issuer AND link.name = old_link.name
                AND link.value = old_link.value AND link.key = OLD.key;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO gatehouse_links (kind, issuer, name, value, key)
            SELECT NEW.kind, NEW.issuer, name, value, NEW.key
                FROM unnest(NEW.link_names, NEW.link_values) AS new_link (name, value)
            ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER gatehouse_link_inserted AFTER INSERT ON gatehouse_records FOR EACH ROW
    WHEN (cardinality(NEW.link_names) > 0) EXECUTE FUNCTION gatehouse_link();
CREATE TRIGGER gatehouse_link_updated AFTER UPDATE ON gatehouse_records FOR EACH ROW
    WHEN (NEW.link_names <> OLD.link_names OR NEW.link_values <> OLD.link_values OR NEW.issuer <> OLD.issuer)
    EXECUTE FUNCTION gatehouse_link();
CREATE TRIGGER gatehouse_link_deleted AFTER DELETE ON gatehouse_records FOR EACH ROW
    WHEN (cardinality(OLD.link_names) > 0) EXECUTE FUNCTION gatehouse_link();

-- Applies batches and returns, for each that was refused, its number, the expectation that failed, and the record found
-- there. A batch is a run of steps with the same number in `batches`, in the order expectations, erases, puts, notices:
--   1 absent (a put of the same batch follows)   2 absent (none follows)   3 present   4 version
--   5 erase   6 erase family   7 put   8 put of what was expected absent   9 notice
-- The links of step i are those from link_ends[i - 1] + 1 to link_ends[i].
-- `locks`, ascending: families are locked in 64 groups, 2 * group to put a record into one, 2 * group + 1 to erase one. An
-- erase of a family would otherwise not see a record that another transaction puts into it at this moment.
-- When somebody else was faster it raises serialization_failure: nothing was applied, and a new try sees what they wrote.
CREATE FUNCTION gatehouse_apply(
    present_moment bigint, locks int[], batches int[], steps int[], kinds text[], keys bytea[], issuers bigint[],
    versions bigint[], families bytea[], expiries bigint[], link_ends int[], link_names text[], link_values bytea[],
    payloads bytea[],
    OUT batch int, OUT failed int, OUT standing gatehouse_records
) RETURNS SETOF record LANGUAGE plpgsql AS $$
DECLARE
    family_locks CONSTANT int := 1195463750;
    step int;
    chosen_lock int;
    refused int := -1;
    first_step int := 1;
    held gatehouse_records;
    is_there boolean;
    is_own boolean;
    links_before int;
    has_claims boolean := false;
BEGIN
    FOREACH chosen_lock IN ARRAY locks LOOP
        IF chosen_lock % 2 = 0 THEN
            PERFORM pg_advisory_xact_lock_shared(family_locks, chosen_lock / 2);
        ELSE
            PERFORM pg_advisory_xact_lock(family_locks, chosen_lock / 2);
        END IF;
    END LOOP;
    -- All that is there, in one order, so that two callers do not wait for each other.
    IF batches[cardinality(batches)] > 0 THEN
        PERFORM FROM gatehouse_records AS r
            WHERE (r.kind, r.key) IN (SELECT * FROM unnest(kinds, keys))
            ORDER BY r.kind, r.key FOR UPDATE;
    END IF;

    FOR i IN 1 .. cardinality(steps) LOOP
        CONTINUE WHEN batches[i] = refused;
        IF i > 1 AND batches[i] <> batches[i - 1] THEN
            first_step := i;
        END IF;
        step := steps[i];
        IF step <= 4 THEN
            SELECT * INTO held FROM gatehouse_records AS r WHERE r.kind = kinds[i] AND r.key = keys[i] FOR UPDATE;
            IF step = 2 AND NOT FOUND THEN
                -- Nobody else may put it until we commit; it is taken away again below.
                INSERT INTO gatehouse_records VALUES (kinds[i], keys[i], 0, 0, NULL, 0, '{}', '{}', '')
                    ON CONFLICT DO NOTHING;
                IF NOT FOUND THEN
                    RAISE serialization_failure USING MESSAGE = 'a record was put at the same moment';
                END IF;
                has_claims := true;
                CONTINUE;
            END IF;
            is_there := FOUND AND (held.expires IS NULL OR held.expires > present_moment);
            is_own := is_there AND (issuers[i] = 0 OR issuers[i] = held.issuer);
            IF (step <= 2 AND is_there) OR (step = 3 AND NOT is_own)
                OR (step = 4 AND (NOT is_own OR held.version <> versions[i])) THEN
                refused := batches[i];
                batch := refused;
                failed := i - first_step;
                standing := CASE WHEN is_there THEN held END;
                RETURN NEXT;
            END IF;
        ELSIF step = 5 THEN
            DELETE FROM gatehouse_records AS r WHERE r.kind = kinds[i] AND r.key = keys[i];
        ELSIF step = 6 THEN
            DELETE FROM gatehouse_records AS r WHERE r.family = families[i];
        ELSIF step <= 8 THEN
            links_before := CASE WHEN i = 1 THEN 0 ELSE link_ends[i - 1] END;
            INSERT INTO gatehouse_records AS r
                VALUES (kinds[i], keys[i], issuers[i], 1, families[i], expiries[i],
                        link_names[links_before + 1 : link_ends[i]], link_values[links_before + 1 : link_ends[i]],
                        payloads[i])
                ON CONFLICT ON CONSTRAINT gatehouse_records_pkey DO UPDATE SET
                    issuer = excluded.issuer,
                    version = CASE WHEN r.expires <= present_moment THEN 1 ELSE r.version + 1 END,
                    family = excluded.family,
                    expires = excluded.expires,
                    link_names = excluded.link_names,
                    link_values = excluded.link_values,
                    payload = excluded.payload
                WHERE step = 7 OR r.expires <= present_moment;
            IF NOT FOUND THEN
                RAISE serialization_failure USING MESSAGE = 'a record was put at the same moment';
            END IF;
        ELSE
            INSERT INTO gatehouse_notices (topic, key, issuer, expires)
                VALUES (kinds[i], keys[i], issuers[i], expiries[i]);
        END IF;
    END LOOP;

    IF has_claims THEN
        DELETE FROM gatehouse_records AS r
            WHERE (r.kind, r.key) IN (SELECT * FROM unnest(kinds, keys)) AND r.version = 0;
    END IF;
END $$;

-- Removes at most so many of what expired; nothing while another node does it.
CREATE FUNCTION gatehouse_drop_expired(before bigint, at_most bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    dropped bigint := 0;
    step bigint;
BEGIN
    IF NOT pg_try_advisory_xact_lock(1195463749, 1) THEN
        RETURN 0;
    END IF;
    DELETE FROM gatehouse_records WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM gatehouse_records WHERE expires <= before ORDER BY expires LIMIT at_most
            FOR UPDATE SKIP LOCKED));
    GET DIAGNOSTICS dropped = ROW_COUNT;
    DELETE FROM gatehouse_notices WHERE number = ANY (ARRAY(
        SELECT number FROM gatehouse_notices WHERE expires <= before ORDER BY expires LIMIT at_most - dropped
            FOR UPDATE SKIP LOCKED));
    GET DIAGNOSTICS step = ROW_COUNT;
    dropped := dropped + step;
    DELETE FROM gatehouse_counters WHERE key = ANY (ARRAY(
        SELECT key FROM gatehouse_counters WHERE ends <= before ORDER BY ends LIMIT at_most - dropped
            FOR UPDATE SKIP LOCKED));
    GET DIAGNOSTICS step = ROW_COUNT;
    RETURN dropped + step;
END $$;

-- For people: payloads as jsonb where they can be shown so, everything else in words.
CREATE FUNCTION gatehouse_jsonb(payload bytea) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    RETURN convert_from(payload, 'UTF8')::jsonb;
EXCEPTION WHEN data_exception OR program_limit_exceeded THEN
    RETURN NULL;
END $$;
CREATE VIEW gatehouse_readable AS
    SELECT kind, encode(key, 'escape') AS key, issuer, version, encode(family, 'escape') AS family,
        CASE WHEN abs(expires) < 250000000000000 THEN to_timestamp(expires / 1000.0) END AS expires,
        (SELECT jsonb_object_agg(name, encode(value, 'escape')) FROM unnest(link_names, link_values) AS link (name, value))
            AS links,
        gatehouse_jsonb(payload) AS payload, octet_length(payload) AS bytes
    FROM gatehouse_records;
