// SPDX-License-Identifier: Apache-2.0
#include "UsersFormat.h"

#include "CsvRows.h"
#include "PersonEntry.h"
#include "json/JsonPieces.h"

#include <set>

namespace gatehouse {

namespace {

constexpr std::size_t largestEntry = 256U << 10U;
constexpr std::size_t mostColumns = 256;

Error namesPassword() {
    return Error::badInput(
        "names password: passwords are not taken, give their hashes as password_hash");
}

Status handOn(const ValueMap& entry, const std::string& place, Arrivals& arrivals) {
    if (entry.contains(refusedMember)) {
        return namesPassword();
    }
    auto person = personFrom(entry);
    if (person) {
        return arrivals.add(*std::move(person));
    }
    const auto login = std::string(entry.text("login"));
    arrivals.leave("person", login.empty() ? place : login, person.error().detail);
    return done();
}

Status takePiece(const JsonPieces::Piece& piece, Arrivals& arrivals) {
    if (!piece.member.empty()) {
        return Error::badInput("is no list of objects");
    }
    const auto place = "number " + std::to_string(piece.number);
    if (!piece.value || piece.value->map() == nullptr) {
        arrivals.leave("person", place, piece.value ? "is no object" : piece.problem);
        return done();
    }
    return handOn(*piece.value->map(), place, arrivals);
}

Status readJson(std::istream& file, Arrivals& arrivals) {
    return JsonPieces(file, largestEntry).each([&arrivals](const JsonPieces::Piece& piece) {
        return takePiece(piece, arrivals);
    });
}

Status checkHead(const CsvRows::Row& head) {
    const std::set<std::string> names(head.cells.begin(), head.cells.end());
    if (names.size() != head.cells.size() || names.count("") > 0 || head.isTooLarge ||
        names.size() > mostColumns) {
        return Error::badInput("has a first line that does not name each column, once");
    }
    if (names.count("login") == 0) {
        return Error::badInput("has no column login; the first line names the columns");
    }
    return names.count(refusedMember) > 0 ? Status(namesPassword()) : done();
}

Status handOn(const CsvRows::Row& head, const CsvRows::Row& row, Arrivals& arrivals) {
    const auto place = "line " + std::to_string(row.line);
    if (row.isTooLarge || row.cells.size() != head.cells.size()) {
        arrivals.leave("person", place,
                       row.isTooLarge
                           ? "is larger than " + std::to_string(largestEntry >> 10U) + " KiB"
                           : "has another number of cells than the first line");
        return done();
    }
    ValueMap entry;
    for (std::size_t at = 0; at < row.cells.size(); ++at) {
        entry.set(head.cells[at], row.cells[at]);
    }
    return handOn(entry, place, arrivals);
}

Status readRows(const CsvRows::Row& head, CsvRows& rows, Arrivals& arrivals) {
    for (auto row = rows.next();; row = rows.next()) {
        if (!row) {
            return row.error();
        }
        if (!*row) {
            return done();
        }
        if (auto status = handOn(head, **row, arrivals); !status) {
            return status;
        }
    }
}

Status readCsv(std::istream& file, Arrivals& arrivals) {
    CsvRows rows(file, largestEntry);
    const auto head = rows.next();
    if (!head) {
        return head.error();
    }
    if (!*head) {
        return Error::badInput("is empty");
    }
    auto checked = checkHead(**head);
    return checked ? readRows(**head, rows, arrivals) : checked;
}

/// And blanks; no head line begins with one.
void skipMark(std::istream& file) {
    for (const int byte : {0xEF, 0xBB, 0xBF}) {
        if (file.rdbuf()->sgetc() == byte) {
            file.rdbuf()->sbumpc();
        }
    }
    file >> std::ws;
}

}  // namespace

Status UsersFormat::read(std::istream& file, Arrivals& arrivals) const {
    skipMark(file);
    const int first = file.rdbuf()->sgetc();
    return first == '[' || first == '{' ? readJson(file, arrivals) : readCsv(file, arrivals);
}

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::UsersFormat, "users", "0.1.0",
                 "bring people of any server along, from CSV or JSON")
