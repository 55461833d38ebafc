// SPDX-License-Identifier: Apache-2.0
#include "UserLine.h"

#include "json/Json.h"
#include "passwords/LoginName.h"
#include "passwords/StoredHash.h"

#include <optional>
#include <utility>

namespace gatehouse {

namespace {

std::string claimProblem(const ValueMap& claims) {
    for (const auto& claim : claims) {
        const bool isEmptyText = claim.value.text() != nullptr && claim.value.text()->empty();
        if (claim.value.isNull() || isEmptyText) {
            return "claim \"" + claim.name + "\" is empty; leave it out";
        }
        if (isServersClaim(claim.name)) {
            return "claim \"" + claim.name + "\" is the server's to say; leave it out";
        }
    }
    return {};
}

}  // namespace

std::variant<FileUser, LineProblem> readUserLine(std::string_view line,
                                                 std::string_view weakestHash) {
    const auto first = line.find(':');
    if (first == std::string_view::npos) {
        return LineProblem{line.size() + 1, "no ':' after the login"};
    }
    const auto login = line.substr(0, first);
    auto prepared = preparedLogin(login);
    if (auto* problem = std::get_if<PrecisProblem>(&prepared)) {
        return LineProblem{problem->at + 1, std::move(problem->message)};
    }
    FileUser read;
    read.prepared = std::get<std::string>(std::move(prepared));
    read.user.login = trimmedLogin(login).value_or(std::string{});
    read.user.id = asciiLogin(login).value_or(std::string{});
    const auto second = line.find(':', first + 1);
    std::string_view hash = line.substr(first + 1, second - first - 1);
    read.user.isDisabled = !hash.empty() && hash.front() == '!';
    hash.remove_prefix(read.user.isDisabled ? 1 : 0);
    const auto stored = StoredHash::read(hash, weakestHash);
    if (const auto* problem = std::get_if<std::string>(&stored)) {
        return LineProblem{first + 2 + (read.user.isDisabled ? 1 : 0), *problem};
    }
    read.password = hash;
    read.work = std::get<StoredHash>(stored).work();
    if (second == std::string_view::npos) {
        return read;
    }
    auto claims = parseJson(line.substr(second + 1));
    if (!claims || claims->map() == nullptr) {
        return LineProblem{second + 2, "the claims are not a JSON object"};
    }
    const std::string problem = claimProblem(*claims->map());
    if (!problem.empty()) {
        return LineProblem{second + 2, problem};
    }
    read.user.claims = std::move(*claims->map());
    return read;
}

}  // namespace gatehouse
