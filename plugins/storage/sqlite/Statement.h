// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Time.h>

#include <sqlite3.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

/// A prepared statement that is kept. One thread at a time. Failures are thrown as SqliteFailure.
class Statement {
public:
    /// The rows of one run; the statement is free again when this is gone.
    class Rows {
    public:
        Rows(const Rows&) = delete;
        Rows& operator=(const Rows&) = delete;
        ~Rows();
        /// Goes to the next row; false after the last.
        bool next();
        std::int64_t number(int column) const;
        bool isNull(int column) const;
        /// Valid until next(); empty for NULL.
        std::string_view bytes(int column) const;
        /// NULL is `never`.
        TimePoint time(int column) const;

    private:
        friend class Statement;
        explicit Rows(sqlite3_stmt* statement) : statement_(statement) {}
        sqlite3_stmt* statement_;
    };

    Statement(sqlite3* database, const char* sql);
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    ~Statement();

    /// Binds and begins. Bytes are borrowed until the rows are gone.
    template <class... Values> [[nodiscard]] Rows run(const Values&... values) {
        int position = 0;
        (bind(++position, values), ...);
        return Rows(statement_);
    }
    /// Binds, runs to the end, returns how many rows changed.
    template <class... Values> int execute(const Values&... values) {
        Rows rows = run(values...);
        while (rows.next()) {
        }
        return sqlite3_changes(database_);
    }

private:
    void bind(int position, std::int64_t number);
    void bind(int position, std::string_view bytes);
    void bind(int position, const std::string& bytes) { bind(position, std::string_view(bytes)); }
    void bind(int position, const std::optional<std::string_view>& bytes);
    void bind(int position, TimePoint time);

    sqlite3* database_;
    sqlite3_stmt* statement_ = nullptr;
};

}  // namespace gatehouse
