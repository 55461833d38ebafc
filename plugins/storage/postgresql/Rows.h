// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Time.h>

#include <libpq-fe.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// What a statement answered. number() and time() are for prepared statements, which
/// answer in binary; a text of SQL answers in text. Throws PostgresFailure for a damaged value.
class Rows {
public:
    explicit Rows(PGresult* result) : result_(result) {}

    int size() const noexcept { return PQntuples(result_.get()); }
    bool isNull(int row, int column) const { return PQgetisnull(result_.get(), row, column) != 0; }
    /// Valid while this lives; empty for NULL.
    std::string_view bytes(int row, int column) const;
    std::int64_t number(int row, int column) const;
    /// NULL is `never`.
    TimePoint time(int row, int column) const;

private:
    struct Clear {
        void operator()(PGresult* result) const noexcept { PQclear(result); }
    };
    std::unique_ptr<PGresult, Clear> result_;
};

/// The elements of an array of texts or bytes, in binary.
std::vector<std::string> elementsIn(std::string_view array);

}  // namespace gatehouse
