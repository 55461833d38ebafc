// SPDX-License-Identifier: Apache-2.0
#include "SqlSession.h"

#include <Poco/Data/MySQL/Connector.h>
#include <Poco/Data/MySQL/SessionImpl.h>
#include <Poco/Data/PostgreSQL/SessionImpl.h>
#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/SQLite/SessionImpl.h>

#include <libpq-fe.h>
#include <sys/socket.h>
#include <unistd.h>

#include <memory>

namespace gatehouse {

namespace {

using namespace Poco::Data::Keywords;  // NOLINT(google-build-using-namespace)

struct Finish {
    void operator()(PGconn* handle) const noexcept { PQfinish(handle); }
};
using Native = std::unique_ptr<PGconn, Finish>;
using PostgresImpl = Poco::Data::PostgreSQL::SessionImpl;
using MySqlImpl = Poco::Data::MySQL::SessionImpl;
using SqliteImpl = Poco::Data::SQLite::SessionImpl;

/// Poco 1.11 forgets the handle of a connection that it could not make.
void tryConnecting(const std::string& text) {
    const Native tried(PQconnectdb(text.c_str()));
    if (PQstatus(tried.get()) != CONNECTION_OK) {
        throw std::runtime_error(PQerrorMessage(tried.get()));
    }
}

Poco::AutoPtr<Poco::Data::SessionImpl> opened(const SqlAddress& address) {
    const auto limit = static_cast<std::size_t>(address.connectTimeout.count());
    switch (address.kind) {
    case SqlAddress::Kind::postgresql:
        tryConnecting(address.text);
        return new PostgresImpl(address.text, limit);
    case SqlAddress::Kind::mysql: return new MySqlImpl(address.text, limit);
    default: break;
    }
    if (::access(address.text.c_str(), R_OK) != 0) {
        throw std::runtime_error(address.text + " cannot be read");
    }
    return new SqliteImpl(address.text, limit);
}

}  // namespace

SqlSession::SqlSession(const SqlAddress& address, milliseconds timeout) : kind_(address.kind) {
    session_.emplace(opened(address));
    if (kind_ == SqlAddress::Kind::postgresql) {
        socket_ = PQsocket(dynamic_cast<PostgresImpl&>(*session_->impl()).handle());
    } else if (kind_ == SqlAddress::Kind::mysql) {
        socket_ = static_cast<int>(
            ::mysql_get_socket(dynamic_cast<MySqlImpl&>(*session_->impl()).handle()));
        *session_ << "SET SESSION max_statement_time = " +
                         std::to_string(static_cast<double>(timeout.count()) / 1000),
            now;
    } else {
        *session_ << "PRAGMA busy_timeout = " + std::to_string(timeout.count() / 2), now;
    }
}

SqlSession::~SqlSession() {
    if (kind_ == SqlAddress::Kind::postgresql) {
        // Poco 1.11 forgets the handle of a connection that broke.
        auto& handle = dynamic_cast<PostgresImpl&>(*session_->impl()).handle();
        handle.disconnect();
        const Native left(static_cast<PGconn*>(handle));
    }
}

std::vector<ValueMap> SqlSession::rows(const SqlQuery& query, const SqlValues& values) {
    return rowsOf(*session_, query.text(), inOrder(query, values));
}

SqlColumns SqlSession::columns(const std::string& query) {
    try {
        return columnsOf(*session_, query);
    } catch (const Poco::Exception& problem) {
        throw SqlRefusal(problem.displayText());
    }
}

void SqlSession::interrupt() noexcept {
    if (socket_ >= 0) {
        ::shutdown(socket_, SHUT_RDWR);
    }
}

}  // namespace gatehouse
