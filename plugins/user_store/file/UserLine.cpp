// SPDX-License-Identifier: Apache-2.0
#include "UserLine.h"

#include "json/Json.h"
#include "passwords/Argon2.h"
#include "passwords/LoginName.h"

#include <array>
#include <optional>
#include <utility>

namespace gatehouse {

namespace {

struct OtherHash {
    std::string_view start;
    std::string_view name;
};
constexpr std::array<OtherHash, 8> otherHashes{{{"$2", "bcrypt"},
                                                {"$argon2i$", "argon2i"},
                                                {"$argon2d$", "argon2d"},
                                                {"$apr1$", "Apache's MD5"},
                                                {"$1$", "MD5 crypt"},
                                                {"$5$", "SHA-256 crypt"},
                                                {"$6$", "SHA-512 crypt"},
                                                {"{SHA}", "SHA-1"}}};

std::string hashProblem(std::string_view hash) {
    for (const auto& other : otherHashes) {
        if (hash.substr(0, other.start.size()) == other.start) {
            return "this is " + std::string(other.name) + ", and only argon2id is taken";
        }
    }
    return "not an argon2id hash ($argon2id$v=19$m=…,t=…,p=…$salt$hash)";
}

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

std::variant<FileUser, LineProblem> readUserLine(std::string_view line) {
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
    if (!argon2Cost(hash)) {
        return LineProblem{first + 2 + (read.user.isDisabled ? 1 : 0), hashProblem(hash)};
    }
    read.password = hash;
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
