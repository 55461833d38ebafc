# SPDX-License-Identifier: Apache-2.0
"""What a storage takes on the disk: of one kind of record, and in all."""
import contextlib
import sqlite3

from harness.server import POSTGRESQL

TABLES = ("records", "links", "notices")


def kept_of(kind, condition):
    """The tables that hold it, and its rows there. A revocation is a row of the change feed."""
    return [("notices", "true")] if kind == "revocation" else [("records", condition), ("links", condition)]


class SqliteDisk:
    name = "sqlite"

    def __init__(self, server):
        self.folder = server.folder
        self.file = server.folder / "gatehouse.db"

    def total(self):
        """Bytes of the file and its log."""
        return sum(self.file.with_name(self.file.name + suffix).stat().st_size for suffix in ("", "-wal"))

    def unused(self):
        """What of it holds nothing now."""
        free = self._number("PRAGMA freelist_count") * self._number("PRAGMA page_size")
        return f"{free / 1e6:.0f} MB free"

    def records(self, condition="1"):
        return self._number(f"SELECT count(*) FROM records WHERE {condition}")

    def _number(self, statement):
        with contextlib.closing(sqlite3.connect(self.file, timeout=60)) as database:
            return database.execute(statement).fetchone()[0]

    def packed(self, kind):
        """Bytes one takes, indexes and links included, densely packed; and how many there are."""
        sizes, path = [], self.folder / f"{kind}.db"
        number = f"kind = (SELECT id FROM names WHERE name = CAST('{kind}' AS BLOB))"
        kept = kept_of(kind, number)
        with contextlib.closing(sqlite3.connect(self.file)) as database:
            database.execute("VACUUM INTO ?", (str(path),))
        with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as database:
            count = database.execute("SELECT count(*) FROM {} WHERE {}".format(*kept[0])).fetchone()[0]
            for is_kept in (True, False):
                for table in TABLES:
                    condition = dict(kept).get(table, "0") if is_kept else "0"
                    database.execute(f"DELETE FROM {table} WHERE NOT ({condition})")
                database.execute("VACUUM")
                sizes.append(database.execute("PRAGMA page_count").fetchone()[0] *
                             database.execute("PRAGMA page_size").fetchone()[0])
        path.unlink()
        return (sizes[0] - sizes[1]) / count, count


class PostgresqlDisk:
    """The server's own log of writes is not counted: `max_wal_size` bounds it."""
    name = "postgresql"

    def __init__(self, server):
        self.sql = server.sql
        self.schema = server.schema

    def total(self):
        """Bytes of all tables with their indexes."""
        return self._number("SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relkind = 'r' AND "
                            f"relnamespace = '{self.schema}'::regnamespace")

    def unused(self):
        """What of it waits for autovacuum."""
        dead = self._number(f"SELECT sum(n_dead_tup) FROM pg_stat_user_tables WHERE schemaname = '{self.schema}'")
        return f"{dead:,} rows dead"

    def records(self, condition="true"):
        return self._number(f"SELECT count(*) FROM {self.schema}.gatehouse_records WHERE {condition}")

    def _number(self, statement):
        return int(self.sql(statement))

    def packed(self, kind):
        """As in SqliteDisk; written one after the other, as a server does it."""
        sizes, counts = [], []
        for table, condition in kept_of(kind, f"kind = '{kind}'"):
            source = f"{self.schema}.gatehouse_{table}"
            self.sql(f"CREATE TABLE {source}_copy (LIKE {source} INCLUDING ALL)")
            self.sql(f"INSERT INTO {source}_copy OVERRIDING SYSTEM VALUE SELECT * FROM {source} WHERE {condition}")
            counts.append(self._number(f"SELECT count(*) FROM {source}_copy"))
            sizes.append(self._number(f"SELECT pg_total_relation_size('{source}_copy')"))
            self.sql(f"DROP TABLE {source}_copy")
        return sum(sizes) / counts[0], counts[0]


def disk_of(server):
    return PostgresqlDisk(server) if POSTGRESQL and server.schema else SqliteDisk(server)
