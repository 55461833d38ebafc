// SPDX-License-Identifier: Apache-2.0
// The driver's process: a line of JSON is a question, as OdbcProcess puts them, and gets one.
// For an analyzer Poco 1.11 looks at a variable that it does not have.
#undef __clang_analyzer__
#include "SqlRows.h"
#include "json/Json.h"
#include "json/Members.h"
#include "text/Utf8.h"

#include <Poco/Data/DataException.h>
#include <Poco/Data/ODBC/Connector.h>
#include <Poco/Data/ODBC/ODBCException.h>
#include <Poco/Data/ODBC/SessionImpl.h>

#include <sys/socket.h>
#include <unistd.h>

#include <clocale>
#include <iostream>
#include <optional>

namespace gatehouse {

namespace {

using Poco::Data::ODBC::ConnectionException;
using Poco::Data::ODBC::StatementException;

constexpr std::size_t longestText = std::size_t{1} << 20;

/// Without the statement and the lines that Poco draws around it.
template <class Exception> std::string told(const Exception& problem) {
    const auto& diagnostics = problem.diagnostics();
    return diagnostics.count() > 0 ? diagnostics.message(0) : problem.message();
}

Poco::Data::Session opened(const ValueMap& question) {
    Poco::AutoPtr<Poco::Data::SessionImpl> session(new Poco::Data::ODBC::SessionImpl(
        std::string(question.text("connect")),
        static_cast<std::size_t>(numberOf(question, "connect_timeout"))));
    // Else a text that is longer than a buffer of 1024 bytes is refused.
    session->setFeature("autoExtract", false);
    session->setProperty("maxFieldSize", longestText);
    session->setProperty("queryTimeout", static_cast<int>(numberOf(question, "timeout")));
    return {session};
}

/// Poco 1.11 makes a long text of whole buffers, with the NULs that end or fill them.
std::string joined(std::string_view text) {
    constexpr std::size_t buffer = 1024;
    std::string whole;
    for (; text.size() >= buffer; text.remove_prefix(buffer)) {
        const auto part = text.substr(0, buffer);
        whole += part.substr(0, part.find_last_not_of('\0') + 1);
    }
    return whole.append(text);
}

/// Bytes that are no text cannot be written down, and nobody reads them.
Value writable(const Value& value) {
    if (value.text() == nullptr) {
        return value;
    }
    auto text = joined(*value.text());
    return isUtf8(text) && text.find('\0') == std::string::npos ? Value(std::move(text)) : Value{};
}

ValueMap rows(Poco::Data::Session& session, const ValueMap& question) {
    std::vector<SqlValue> values;
    for (const auto& value : *question.find("values")->list()) {
        values.push_back(value.text() != nullptr ? SqlValue(*value.text())
                                                 : SqlValue(*value.integer()));
    }
    ValueList rows;
    for (const auto& row : rowsOf(session, std::string(question.text("statement")), values)) {
        ValueMap told;
        for (const auto& [name, value] : row) {
            told.set(name, writable(value));
        }
        rows.emplace_back(std::move(told));
    }
    return {{"rows", std::move(rows)}};
}

ValueMap columns(Poco::Data::Session& session, const ValueMap& question) {
    ValueList columns;
    for (const auto& [name, isWhole] : columnsOf(session, std::string(question.text("columns")))) {
        columns.emplace_back(ValueMap{{"name", name}, {"whole", isWhole}});
    }
    return {{"columns", std::move(columns)}};
}

ValueMap answer(std::optional<Poco::Data::Session>& session, const ValueMap& question) {
    try {
        if (!session) {
            session.emplace(opened(question));
            return {};
        }
        return question.contains("columns") ? columns(*session, question)
                                            : rows(*session, question);
    } catch (const Poco::Data::LengthExceededException& problem) {
        return {{"problem", problem.displayText()}, {"too_long", true}};
    } catch (const ConnectionException& problem) {
        return {{"problem", told(problem)}};
    } catch (const StatementException& problem) {
        return {{"problem", told(problem)}};
    } catch (const Poco::Exception& problem) {
        return {{"problem", problem.displayText()}};
    } catch (const std::exception& problem) {
        return {{"problem", problem.what()}};
    }
}

/// Standard output is the drivers'.
void tell(std::string_view line) {
    while (!line.empty()) {
        const auto sent = ::send(STDIN_FILENO, line.data(), line.size(), MSG_NOSIGNAL);
        if (sent <= 0) {
            return;
        }
        line.remove_prefix(static_cast<std::size_t>(sent));
    }
}

void answerAll() {
    std::optional<Poco::Data::Session> session;
    for (std::string line; std::getline(std::cin, line);) {
        const auto question = parseJson(line);
        if (!question || question->map() == nullptr) {
            return;
        }
        tell(toJson(answer(session, *question->map())) + "\n");
    }
}

}  // namespace

}  // namespace gatehouse

int main() {
    // Drivers translate to the character set of the locale.
    std::setlocale(LC_ALL, "C.UTF-8");  // NOLINT(concurrency-mt-unsafe)
    // Some databases compare no column with a long text.
    Poco::Data::ODBC::Connector::bindStringToLongVarChar(false);
    gatehouse::answerAll();
    // Drivers crash when they are unloaded; there is nothing to lose.
    std::_Exit(0);
}
