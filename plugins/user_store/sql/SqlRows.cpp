// SPDX-License-Identifier: Apache-2.0
#include "SqlRows.h"

#include <Poco/Data/DataException.h>
#include <Poco/Data/RecordSet.h>
#include <Poco/Format.h>

#include <algorithm>

namespace gatehouse {

namespace {

using Poco::Data::MetaColumn;
using Poco::Data::RecordSet;
using namespace Poco::Data::Keywords;  // NOLINT(google-build-using-namespace)

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

Poco::Data::Statement prepared(Poco::Data::Session& session, const std::string& text,
                               std::vector<SqlValue>& values) {
    Poco::Data::Statement statement(session);
    statement << text;
    for (auto& value : values) {
        if (auto* bound = std::get_if<std::string>(&value)) {
            statement, use(*bound);
        } else {
            statement, use(std::get<std::int64_t>(value));
        }
    }
    return statement;
}

}  // namespace

std::vector<ValueMap> rowsOf(Poco::Data::Session& session, const std::string& text,
                             std::vector<SqlValue> values) {
    auto statement = prepared(session, text, values);
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

SqlColumns columnsOf(Poco::Data::Session& session, const std::string& query) {
    Poco::Data::Statement statement(session);
    statement << query;
    statement.execute();
    const RecordSet records(statement);
    SqlColumns columns;
    for (std::size_t column = 0; column < records.columnCount(); ++column) {
        const auto& name = records.columnName(column);
        if (records.columnType(column) == MetaColumn::FDT_UUID) {
            // Databases compare them with no text, and drivers swap their bytes.
            throw Poco::Data::DataException(Poco::format(
                "the column %s is a uuid: write CAST(%s AS varchar(36)) AS %s", name, name, name));
        }
        columns.emplace_back(lower(name), isWhole(records.columnType(column)));
    }
    return columns;
}

}  // namespace gatehouse
