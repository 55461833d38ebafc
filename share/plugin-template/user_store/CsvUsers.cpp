// SPDX-License-Identifier: Apache-2.0
#include "CsvUsers.h"

#include <array>
#include <fstream>
#include <optional>
#include <utility>

namespace acme_plugin {

namespace {

enum Column : std::size_t { number, login, passwordHash, name, email, state, columns };

std::optional<std::array<std::string, columns>> split(const std::string& line) {
    std::array<std::string, columns> cells;
    std::size_t column = 0;
    for (const char letter : line) {
        if (letter == ',' && ++column == columns) {
            return std::nullopt;
        }
        if (letter != ',') {
            cells[column] += letter;
        }
    }
    return column + 1 == columns ? std::optional(cells) : std::nullopt;
}

AcmeUser userOf(const std::array<std::string, columns>& cells) {
    AcmeUser acme;
    acme.user.id = cells[number];
    acme.user.login = cells[login];
    acme.user.isDisabled = cells[state] != "active";
    // "!" and "*" are no hashes but say that there is none.
    if (cells[passwordHash].rfind('$', 0) == 0) {
        acme.passwordHash = cells[passwordHash];
    }
    // A claim that is not known is left out: claims are never empty.
    if (!cells[name].empty()) {
        acme.user.claims.set("name", cells[name]);
    }
    if (!cells[email].empty()) {
        acme.user.claims.set("email", cells[email]);
        acme.user.claims.set("email_verified", true);
    }
    return acme;
}

}  // namespace

gatehouse::Result<CsvUsers> CsvUsers::read(const std::string& path) {
    std::ifstream file(path);
    if (!file) {
        return gatehouse::Error::unavailable(path + ": cannot be read");
    }
    CsvUsers users;
    std::string line;
    for (int count = 1; std::getline(file, line); ++count) {
        const auto cells = split(line);
        const std::string place = path + ":" + std::to_string(count);
        if (!cells || (*cells)[number].empty() || (*cells)[login].empty()) {
            return gatehouse::Error::badInput(
                place + ": a line is number,login,password hash,name,email,state");
        }
        AcmeUser user = userOf(*cells);
        if (users.decoy_.empty()) {
            users.decoy_ = user.passwordHash;
        }
        const std::string id = user.user.id;
        const bool isNew = users.idByLogin_.emplace(user.user.login, id).second &&
                           users.byId_.emplace(id, std::move(user)).second;
        if (!isNew) {
            return gatehouse::Error::badInput(place + ": number or login stand there twice");
        }
    }
    return users;
}

const AcmeUser* CsvUsers::findByLogin(std::string_view login) const {
    const auto found = idByLogin_.find(std::string(login));
    return found == idByLogin_.end() ? nullptr : findById(found->second);
}

const AcmeUser* CsvUsers::findById(std::string_view id) const {
    const auto found = byId_.find(std::string(id));
    return found == byId_.end() ? nullptr : &found->second;
}

}  // namespace acme_plugin
