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

Connection::Connection(const ServerAddress& server) : session_(server), handle_(session_.handle()) {
    PQsetnonblocking(handle_, 1);
    PQsetErrorVerbosity(handle_, PQERRORS_VERBOSE);
    PQsetNoticeProcessor(
        handle_, [](void*, const char*) {}, nullptr);
}

Rows Connection::run(const char* statement, const Parameters& parameters, Deadline deadline) {
    std::vector<const char*> values;
    std::vector<int> lengths;
    for (const auto& value : parameters.values()) {
        values.push_back(value.data());
        lengths.push_back(static_cast<int>(value.size()));
    }
    const std::vector<int> formats(values.size(), 1);
    if (PQsendQueryPrepared(handle_, statement, static_cast<int>(values.size()), values.data(),
                            lengths.data(), formats.data(), 1) == 0) {
        throwLost();
    }
    return collect(deadline);
}

Rows Connection::execute(const std::string& sql, Deadline deadline) {
    if (PQsendQuery(handle_, sql.c_str()) == 0) {
        throwLost();
    }
    return collect(deadline);
}

bool Connection::isAlive() const {
    // Nothing is to be said while nothing is asked: whatever has come is a farewell.
    return !isReady(PQsocket(handle_), POLLIN, milliseconds{0});
}

/// A transaction ends only when the server is ready for the next statement, behind the rows: an
/// error may still follow them.
Rows Connection::collect(Deadline deadline) {
    flush(deadline);
    std::optional<PostgresFailure> failure;
    Answer last(nullptr, PQclear);
    while (true) {
        while (PQisBusy(handle_) != 0) {
            waitFor(POLLIN, deadline);
            if (PQconsumeInput(handle_) == 0) {
                throwLost();
            }
        }
        Answer result(PQgetResult(handle_), PQclear);
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
        const int unsent = PQflush(handle_);
        if (unsent == 0) {
            return;
        }
        if (unsent < 0) {
            throwLost();
        }
        // The server may have to be read from before it reads on.
        waitFor(POLLIN | POLLOUT, deadline);
        if (PQconsumeInput(handle_) == 0) {
            throwLost();
        }
    }
}

void Connection::waitFor(short events, Deadline deadline) const {
    while (!isReady(PQsocket(handle_), events, leftUntil(deadline))) {
        if (leftUntil(deadline) == milliseconds{0}) {
            throw PostgresFailure(Kind::late, "the database did not answer in time");
        }
    }
}

void Connection::throwLost() const {
    throw PostgresFailure(Kind::lost, oneLine(PQerrorMessage(handle_)));
}

}  // namespace gatehouse
