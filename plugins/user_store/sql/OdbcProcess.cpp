// SPDX-License-Identifier: Apache-2.0
#include "OdbcProcess.h"

#include "json/Json.h"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

namespace gatehouse {

namespace {

constexpr std::size_t longestAnswer = std::size_t{64} * 1024 * 1024;
/// The driver's own limits, which come in whole seconds, go first.
constexpr seconds driverFirst{1};

Value valueOf(const SqlValue& value) {
    const auto* text = std::get_if<std::string>(&value);
    return text != nullptr ? Value(*text) : Value(std::get<std::int64_t>(value));
}

/// What is longer than its column is not in it; but nothing may be written without saying so.
bool isMerelyNobody(const ValueMap& answer, const SqlQuery& query) {
    return answer.contains("too_long") && !query.has("hash");
}

const ValueList& listIn(const ValueMap& answer, std::string_view name) {
    const Value* found = answer.find(name);
    if (found == nullptr || found->list() == nullptr) {
        throw std::runtime_error(std::string(answer.text("problem")));
    }
    return *found->list();
}

int millisecondsUntil(std::chrono::steady_clock::time_point end) {
    const auto left =
        std::chrono::duration_cast<milliseconds>(end - std::chrono::steady_clock::now());
    return static_cast<int>(std::max<milliseconds::rep>(left.count(), 0));
}

}  // namespace

OdbcProcess::OdbcProcess(const SqlAddress& address, milliseconds timeout)
    : child_(programBeside("user_store.sql.odbc")), timeout_(timeout) {
    const auto answer = ask({{"connect", address.text},
                             {"connect_timeout", std::int64_t{address.connectTimeout.count()}},
                             {"timeout", std::int64_t{(timeout.count() + 999) / 1000}}},
                            address.connectTimeout + driverFirst);
    if (answer.contains("problem")) {
        throw std::runtime_error(std::string(answer.text("problem")));
    }
}

std::vector<ValueMap> OdbcProcess::rows(const SqlQuery& query, const SqlValues& values) {
    ValueList bound;
    for (const auto& value : inOrder(query, values)) {
        bound.push_back(valueOf(value));
    }
    const auto answer =
        ask({{"statement", query.text()}, {"values", std::move(bound)}}, timeout_ + driverFirst);
    if (isMerelyNobody(answer, query)) {
        return {};
    }
    std::vector<ValueMap> rows;
    for (const auto& row : listIn(answer, "rows")) {
        rows.push_back(*row.map());
    }
    return rows;
}

SqlColumns OdbcProcess::columns(const std::string& query) {
    const auto answer = ask({{"columns", query}}, timeout_ + driverFirst);
    if (answer.contains("problem")) {
        throw SqlRefusal(std::string(answer.text("problem")));
    }
    SqlColumns columns;
    for (const auto& column : listIn(answer, "columns")) {
        columns.emplace_back(column.map()->text("name"), *column.map()->find("whole")->boolean());
    }
    return columns;
}

void OdbcProcess::interrupt() noexcept {
    ::shutdown(child_.socket(), SHUT_RDWR);
}

ValueMap OdbcProcess::ask(const ValueMap& question, milliseconds limit) {
    send(toJson(question) + "\n");
    const auto answer = parseJson(receive(limit));
    if (!answer || answer->map() == nullptr) {
        throw std::runtime_error("the ODBC driver's process ended");
    }
    return *answer->map();
}

void OdbcProcess::send(std::string_view line) const {
    while (!line.empty()) {
        const auto sent = ::send(child_.socket(), line.data(), line.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno != EINTR) {
            throw std::runtime_error("the ODBC driver's process ended");
        }
        line.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(sent, 0)));
    }
}

/// As far as it came when the process ends.
std::string OdbcProcess::receive(milliseconds limit) const {
    const auto end = std::chrono::steady_clock::now() + limit;
    std::string line;
    while (line.empty() || line.back() != '\n') {
        pollfd waiting{child_.socket(), POLLIN, 0};
        char buffer[16384];
        if (::poll(&waiting, 1, millisecondsUntil(end)) == 0 || line.size() > longestAnswer) {
            throw std::runtime_error("the ODBC driver did not answer in time");
        }
        const auto count = ::recv(child_.socket(), buffer, sizeof buffer, MSG_DONTWAIT);
        if (count == 0 || (count < 0 && errno != EINTR && errno != EAGAIN)) {
            break;
        }
        line.append(buffer, static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    }
    return line;
}

}  // namespace gatehouse
