// SPDX-License-Identifier: Apache-2.0
#include "Connection.h"

#include "PostgresFailure.h"

#include <poll.h>

#include <optional>
#include <utility>
#include <vector>

namespace gatehouse {
namespace {

using Kind = PostgresFailure::Kind;
using Answer = std::unique_ptr<PGresult, decltype(&PQclear)>;

/// libpq's messages end in a line break and may have several lines.
std::string oneLine(const char* message) {
    std::string line = message == nullptr ? "" : message;
    while (!line.empty() && line.back() == '\n') {
        line.pop_back();
    }
    for (char& letter : line) {
        letter = letter == '\n' || letter == '\t' ? ' ' : letter;
    }
    return line;
}

bool isSuccess(const PGresult* result) {
    const ExecStatusType status = PQresultStatus(result);
    return status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK || status == PGRES_EMPTY_QUERY;
}

PostgresFailure failureOf(const PGresult* result) {
    const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char* message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    // Without a state it is libpq that speaks, and the connection is gone.
    return state == nullptr ? PostgresFailure(Kind::lost, oneLine(PQresultErrorMessage(result)))
                            : PostgresFailure(std::string(state), oneLine(message));
}

bool isReady(int socket, short events, milliseconds limit) {
    pollfd watched{socket, events, 0};
    return ::poll(&watched, 1, static_cast<int>(limit.count())) > 0;
}

}  // namespace

Connection::Connection(const ServerAddress& server, Deadline deadline) {
    std::vector<const char*> names;
    std::vector<const char*> values;
    for (const auto& [name, value] : server.keywords) {
        names.push_back(name.c_str());
        values.push_back(value.c_str());
    }
    names.push_back(nullptr);
    values.push_back(nullptr);
    handle_.reset(PQconnectStartParams(names.data(), values.data(), 0));
    connect(server.name, deadline);
    PQsetnonblocking(handle_.get(), 1);
    PQsetNoticeProcessor(
        handle_.get(), [](void*, const char*) {}, nullptr);
}

void Connection::connect(const std::string& name, Deadline deadline) {
    if (PQstatus(handle_.get()) == CONNECTION_BAD) {
        throw PostgresFailure(Kind::absent, oneLine(PQerrorMessage(handle_.get())));
    }
    PostgresPollingStatusType step = PGRES_POLLING_WRITING;
    while (step != PGRES_POLLING_OK) {
        const short events = step == PGRES_POLLING_READING ? POLLIN : POLLOUT;
        if (!isReady(PQsocket(handle_.get()), events, leftUntil(deadline)) &&
            leftUntil(deadline) == milliseconds{0}) {
            throw PostgresFailure(Kind::absent, name + " did not answer in time");
        }
        step = PQconnectPoll(handle_.get());
        if (step == PGRES_POLLING_FAILED) {
            throw PostgresFailure(Kind::absent, oneLine(PQerrorMessage(handle_.get())));
        }
    }
}

Rows Connection::run(const char* statement, const Parameters& parameters, Deadline deadline) {
    std::vector<const char*> values;
    std::vector<int> lengths;
    for (const auto& value : parameters.values()) {
        values.push_back(value.data());
        lengths.push_back(static_cast<int>(value.size()));
    }
    const std::vector<int> formats(values.size(), 1);
    if (PQsendQueryPrepared(handle_.get(), statement, static_cast<int>(values.size()),
                            values.data(), lengths.data(), formats.data(), 1) == 0) {
        throwLost();
    }
    return collect(deadline);
}

Rows Connection::execute(const std::string& sql, Deadline deadline) {
    if (PQsendQuery(handle_.get(), sql.c_str()) == 0) {
        throwLost();
    }
    return collect(deadline);
}

bool Connection::isAlive() const {
    // Nothing is to be said while nothing is asked: whatever has come is a farewell.
    return !isReady(PQsocket(handle_.get()), POLLIN, milliseconds{0});
}

/// A transaction ends only when the server is ready for the next statement, behind the rows: an
/// error may still follow them.
Rows Connection::collect(Deadline deadline) {
    flush(deadline);
    std::optional<PostgresFailure> failure;
    Answer last(nullptr, PQclear);
    while (true) {
        while (PQisBusy(handle_.get()) != 0) {
            waitFor(POLLIN, deadline);
            if (PQconsumeInput(handle_.get()) == 0) {
                throwLost();
            }
        }
        Answer result(PQgetResult(handle_.get()), PQclear);
        if (!result) {
            break;
        }
        if (!isSuccess(result.get()) && !failure) {
            failure = failureOf(result.get());
        }
        last = std::move(result);
    }
    if (failure) {
        throw PostgresFailure(*failure);
    }
    return Rows(last.release());
}

void Connection::flush(Deadline deadline) {
    while (true) {
        const int unsent = PQflush(handle_.get());
        if (unsent == 0) {
            return;
        }
        if (unsent < 0) {
            throwLost();
        }
        // The server may have to be read from before it reads on.
        waitFor(POLLIN | POLLOUT, deadline);
        if (PQconsumeInput(handle_.get()) == 0) {
            throwLost();
        }
    }
}

void Connection::waitFor(short events, Deadline deadline) const {
    while (!isReady(PQsocket(handle_.get()), events, leftUntil(deadline))) {
        if (leftUntil(deadline) == milliseconds{0}) {
            throw PostgresFailure(Kind::late, "the database did not answer in time");
        }
    }
}

void Connection::throwLost() const {
    throw PostgresFailure(Kind::lost, oneLine(PQerrorMessage(handle_.get())));
}

}  // namespace gatehouse
