// SPDX-License-Identifier: Apache-2.0
#include "config/Sections.h"

namespace gatehouse {

namespace {

constexpr std::int64_t second = 1000;
constexpr std::int64_t minute = 60 * second;
constexpr std::int64_t hour = 60 * minute;
constexpr std::int64_t day = 24 * hour;

constexpr Field server[] = {
    {"host", Kind::text, byDefault("127.0.0.1"),
     "address to listen on, or a name: each of its addresses (localhost: 127.0.0.1 and ::1)"},
    {"port", Kind::number, byDefault("1314"), "0 takes any free one", between(0, 65535)},
    {"trusted_proxies", Kind::list, byDefault(""),
     "addresses or ranges whose X-Forwarded-* fields count, such as 127.0.0.1/32"},
    {"hsts", Kind::duration, byDefault("0s"),
     "for how long browsers that came by https come in no other way, to no port of this name "
     "(RFC 6797); 0: they are not told",
     between(0, 730 * day)},
    {"max_connections", Kind::number, byDefault("12000"),
     "open connections; when they are reached, the idlest is closed", between(1, 1000000)},
    {"max_head_bytes", Kind::number, byDefault("32768"), "request line and header fields",
     between(1024, 1048576)},
    {"max_head_fields", Kind::number, byDefault("100"), "header fields of a request",
     between(10, 1000)},
    {"max_body_bytes", Kind::number, byDefault("65536"), "body of a request",
     between(1024, 16777216)},
    {"request_timeout", Kind::duration, byDefault("10s"), "longest time to send a whole request",
     between(second, hour)},
    {"idle_timeout", Kind::duration, byDefault("65s"),
     "longest silence between requests; longer than a proxy keeps its connections to us, usually "
     "60s",
     between(second, hour)},
    {"answer_timeout", Kind::duration, byDefault("30s"),
     "longest time to work an answer out, and again to take it", between(second, hour)},
    {"drain_timeout", Kind::duration, byDefault("10s"),
     "longest wait for running requests when the server stops", between(0, hour)},
    {"loops", Kind::number, byDefault("0"), "event loops; 0 is one a core, at most 4",
     between(0, 64)},
    {"protocol_threads", Kind::number, byDefault("32"), "workers for tokens and introspection",
     between(1, 1024)},
    {"protocol_queue", Kind::number, byDefault("1024"), "requests that may wait for them",
     between(1, 100000)},
    {"people_threads", Kind::number, byDefault("0"),
     "workers for pages and user stores; 0 is two a core, at least four", between(0, 1024)},
    {"people_queue", Kind::number, byDefault("256"), "requests that may wait for them",
     between(1, 100000)},
    {"login_threads", Kind::number, byDefault("32"),
     "workers for login forms; they wait for the user store's hashing threads", between(1, 1024)},
    {"login_queue", Kind::number, byDefault("256"), "requests that may wait for them",
     between(1, 100000)},
    {"admin_threads", Kind::number, byDefault("2"), "workers for administration and metrics",
     between(1, 1024)},
    {"admin_queue", Kind::number, byDefault("64"), "requests that may wait for them",
     between(1, 100000)},
};

constexpr Field mtls[] = {
    {"port", Kind::number, byDefault("0"),
     "a second port, where those who connect are asked for a certificate (RFC 8705); needs "
     "server.tls; 0: there is none",
     between(0, 65535)},
    {"host", Kind::text, optional, "as server.host, which it is by default"},
    {"by_proxies", Kind::boolean, byDefault("false"),
     "believe what trusted_proxies say of their clients' certificates (Client-Cert, RFC 9440); "
     "each has to take that field away from what clients send"},
};

constexpr Field security[] = {
    {"jwt_secret", Kind::secret, optional,
     "the deployment's root secret, 32 bytes or more; all keys are derived from it",
     between(32, 4096)},
};

constexpr Field logging[] = {
    {"level", Kind::text, byDefault("info"), "least important line that is written",
     oneOf("debug|info|warning|error")},
    {"format", Kind::text, byDefault("json"), "one JSON object a line", oneOf("json")},
};

constexpr Field limits[] = {
    {"password_failures", Kind::number, byDefault("10"),
     "wrong passwords for a user name from an address in a window; 0 is no limit",
     between(0, 1000000)},
    {"password_failures_window", Kind::duration, byDefault("5m"), "how long they count",
     between(second, 24 * hour)},
    {"client_failures", Kind::number, byDefault("20"),
     "failed authentications of a client from an address in a window; 0 is no limit",
     between(0, 1000000)},
    {"client_failures_window", Kind::duration, byDefault("60s"), "how long they count",
     between(second, 24 * hour)},
    {"address_failures", Kind::number, byDefault("100"),
     "wrong passwords from an address in a window, whatever the user names; 0 is no limit",
     between(0, 1000000)},
    {"address_failures_window", Kind::duration, byDefault("5m"), "how long they count",
     between(second, 24 * hour)},
    {"account_failures", Kind::number, byDefault("100"),
     "wrong passwords for an account in a window, from wherever; 0 is no limit",
     between(0, 1000000)},
    {"account_failures_window", Kind::duration, byDefault("1h"), "how long they count",
     between(second, 24 * hour)},
    {"client_address_failures", Kind::number, byDefault("200"),
     "failed authentications from an address in a window, whatever the clients; 0 is no limit",
     between(0, 1000000)},
    {"client_address_failures_window", Kind::duration, byDefault("60s"), "how long they count",
     between(second, 24 * hour)},
    {"requests", Kind::number, byDefault("0"),
     "token and pushed requests of a client in a window; 0 is no limit", between(0, 1000000)},
    {"requests_window", Kind::duration, byDefault("1s"), "how long they count",
     between(second, 24 * hour)},
    {"public_pushes", Kind::number, byDefault("100"),
     "requests that clients without a credential push from an address in a window; 0 is no limit",
     between(0, 1000000)},
    {"public_pushes_window", Kind::duration, byDefault("60s"), "how long they count",
     between(second, 24 * hour)},
    {"new_clients", Kind::number, byDefault("30"),
     "clients from an address in a window that a client_source is asked for and did not know; 0 is "
     "no limit",
     between(0, 1000000)},
    {"new_clients_window", Kind::duration, byDefault("60s"), "how long they count",
     between(second, 24 * hour)},
};

constexpr Field outgoing[] = {
    {"allow", Kind::list, byDefault(""),
     "where requests may go beside https to public addresses: origins such as "
     "http://127.0.0.1:8080, addresses and ranges such as 10.0.0.0/8"},
    {"ca_file", Kind::path, optional,
     "certificates (PEM) of authorities that are believed beside those of the system"},
    {"timeout", Kind::duration, byDefault("10s"),
     "longest time of a request, from looking up the name to the last byte of the answer",
     between(100, 5 * minute)},
    {"calls_per_host", Kind::number, byDefault("8"), "requests at a time to one server",
     between(1, 1000)},
    {"failures", Kind::number, byDefault("5"),
     "in a row, after which a server is left alone for a while", between(1, 1000)},
    {"pause", Kind::duration, byDefault("30s"), "how long", between(100, hour)},
};

constexpr Field jobs[] = {
    {"first_retry", Kind::duration, byDefault("5s"),
     "after a job has failed; doubled with each try, give or take a quarter", between(10, hour)},
    {"longest_retry", Kind::duration, byDefault("1h"), "longest time between two tries",
     between(10, 24 * hour)},
    {"give_up_after", Kind::duration, byDefault("3d"),
     "age after which a job that fails is put with the dead ones", between(second, 90 * day)},
    {"lease", Kind::duration, byDefault("60s"),
     "longest time of one try; so long after a node has ended in the middle of a job another one "
     "does it",
     between(second, hour)},
    {"poll", Kind::duration, byDefault("1s"), "between looks for jobs that other nodes have left",
     between(10, hour)},
};

constexpr Field database[] = {
    {"url", Kind::url, optional,
     "sqlite:PATH, postgresql://... or memory: (all is lost at the end); when missing, SQLite in "
     "the "
     "state folder"},
};

constexpr Field redis[] = {
    {"url", Kind::url, required, "redis://HOST:PORT/NUMBER; keeps what passes"},
};

}  // namespace

FieldTable serverFields() {
    return server;
}

FieldTable mtlsFields() {
    return mtls;
}

FieldTable securityFields() {
    return security;
}

FieldTable loggingFields() {
    return logging;
}

FieldTable limitsFields() {
    return limits;
}

FieldTable outgoingFields() {
    return outgoing;
}

FieldTable jobsFields() {
    return jobs;
}

FieldTable databaseFields() {
    return database;
}

FieldTable redisFields() {
    return redis;
}

}  // namespace gatehouse
