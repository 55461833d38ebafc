// SPDX-License-Identifier: Apache-2.0
#include "SqlConnection.h"

#include <Poco/Data/MySQL/Connector.h>
#include <Poco/Data/MySQL/SessionImpl.h>
#include <Poco/Data/PostgreSQL/SessionImpl.h>
#include <Poco/Data/RecordSet.h>
#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/SQLite/SessionImpl.h>

#include <libpq-fe.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <memory>

namespace gatehouse {

namespace {

using Poco::Data::MetaColumn;
using Poco::Data::RecordSet;
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

bool isWhole(MetaColumn::ColumnDataType type) {
    return type <= MetaColumn::FDT_UINT64 && type != MetaColumn::FDT_BOOL;
}

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + ('a' - 'A')) : letter;
    });
    return text;
}

template <class Object> std::string bytesOf(const Object& object) {
    return std::string(reinterpret_cast<const char*>(object.rawContent()), object.size());
}

Value valueOf(const Poco::Dynamic::Var& found) {
    if (found.isEmpty()) {
        return {};
    }
    if (found.isBoolean()) {
        return found.convert<bool>();
    }
    if (found.isInteger()) {
        return Value(std::int64_t{found.convert<Poco::Int64>()});
    }
    if (found.isNumeric()) {
        return found.convert<double>();
    }
    if (found.type() == typeid(Poco::Data::CLOB)) {
        return bytesOf(found.extract<Poco::Data::CLOB>());
    }
    if (found.type() == typeid(Poco::Data::BLOB)) {
        return bytesOf(found.extract<Poco::Data::BLOB>());
    }
    return found.convert<std::string>();
}

}  // namespace

SqlConnection::SqlConnection(const SqlAddress& address, milliseconds timeout)
    : kind_(address.kind) {
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

SqlConnection::~SqlConnection() {
    if (kind_ == SqlAddress::Kind::postgresql) {
        // Poco 1.11 forgets the handle of a connection that broke.
        auto& handle = dynamic_cast<PostgresImpl&>(*session_->impl()).handle();
        handle.disconnect();
        const Native left(static_cast<PGconn*>(handle));
    }
}

std::vector<ValueMap> SqlConnection::rows(const SqlQuery& query, const SqlValues& values) {
    std::vector<SqlValue> bound;
    for (const auto& name : query.names()) {
        bound.push_back(values.at(name));
    }
    auto statement = prepare(query, bound);
    statement.execute();
    std::vector<ValueMap> rows;
    if (statement.columnsExtracted() == 0) {
        return rows;
    }
    const RecordSet records(statement);
    for (std::size_t row = 0; row < records.rowCount(); ++row) {
        ValueMap found;
        for (std::size_t column = 0; column < records.columnCount(); ++column) {
            found.set(lower(records.columnName(column)),
                      records.isNull(column, row) ? Value{} : valueOf(records.value(column, row)));
        }
        rows.push_back(std::move(found));
    }
    return rows;
}

Poco::Data::Statement SqlConnection::prepare(const SqlQuery& query, std::vector<SqlValue>& bound) {
    Poco::Data::Statement statement(*session_);
    statement << query.text();
    for (auto& value : bound) {
        if (auto* text = std::get_if<std::string>(&value)) {
            statement, use(*text);
        } else {
            statement, use(std::get<std::int64_t>(value));
        }
    }
    return statement;
}

std::vector<std::pair<std::string, bool>> SqlConnection::columns(const std::string& query) {
    try {
        Poco::Data::Statement statement(*session_);
        statement << query;
        statement.execute();
        const RecordSet records(statement);
        std::vector<std::pair<std::string, bool>> columns;
        for (std::size_t column = 0; column < records.columnCount(); ++column) {
            columns.emplace_back(lower(records.columnName(column)),
                                 isWhole(records.columnType(column)));
        }
        return columns;
    } catch (const Poco::Exception& problem) {
        throw SqlRefusal(problem.displayText());
    }
}

void SqlConnection::interrupt() noexcept {
    if (socket_ >= 0) {
        ::shutdown(socket_, SHUT_RDWR);
    }
}

}  // namespace gatehouse
