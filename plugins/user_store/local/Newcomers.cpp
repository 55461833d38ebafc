// SPDX-License-Identifier: Apache-2.0
#include "Newcomers.h"

#include "passwords/LoginName.h"

#include <algorithm>
#include <cctype>
#include <variant>

namespace gatehouse {

namespace {

/// OpenID Connect Core section 2: at most 255 characters of ASCII.
bool isSubject(std::string_view text) {
    return !text.empty() && text.size() <= 255 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

/// Could be the `sub` of somebody else: those that the server makes are 22 characters of base64url.
bool isOfOwnForm(std::string_view sub) {
    constexpr std::size_t length = 22;
    return sub.size() == length && std::all_of(sub.begin(), sub.end(), [](unsigned char c) {
               return std::isalnum(c) != 0 || c == '-' || c == '_';
           });
}

std::string idProblem(std::string_view id) {
    if (id.empty()) {
        return {};
    }
    const auto sub = id.substr(1);
    if (id.front() != knownSubjectMark || !isSubject(sub)) {
        return "has an id that cannot be a sub: 1 to 255 characters of ASCII without blanks";
    }
    return isOfOwnForm(sub) ? "has an id of the form that this server gives to its own people" : "";
}

std::string loginProblem(std::string_view login) {
    const auto prepared = preparedLogin(login);
    const auto* problem = std::get_if<PrecisProblem>(&prepared);
    return problem == nullptr ? "" : "has a login that cannot be one here: " + problem->message;
}

bool isSame(const User& known, const User& wanted) {
    return known.login == wanted.login && known.isDisabled == wanted.isDisabled &&
           known.claims == wanted.claims;
}

}  // namespace

Result<bool> Newcomers::isNew(const Context& context, const Newcomer& newcomer) const {
    for (const auto& problem : {idProblem(newcomer.user.id), loginProblem(newcomer.user.login)}) {
        if (!problem.empty()) {
            return Error::badInput(problem);
        }
    }
    const User wanted = localOf(newcomer).user;
    const auto holder = users_.findByLogin(context, wanted.login);
    if (!holder) {
        return holder.error();
    }
    const auto known = newcomer.user.id.empty() ? holder : users_.find(context, newcomer.user.id);
    if (!known) {
        return known.error();
    }
    if (*known) {
        return isSame((*known)->user, wanted)
                   ? Result<bool>(false)
                   : Error::badInput("is here already, with other data; nothing was changed");
    }
    return *holder ? Error::badInput("has a login that somebody else has here")
                   : Result<bool>(true);
}

Status Newcomers::take(const Context& context, const std::vector<Newcomer>& newcomers) const {
    std::vector<LocalUser> added;
    added.reserve(newcomers.size());
    for (const auto& newcomer : newcomers) {
        added.push_back(localOf(newcomer));
    }
    const auto isTaken = users_.insertAll(context, added);
    if (!isTaken) {
        return isTaken.error();
    }
    return *isTaken ? done() : Error::badInput("is not new any more");
}

LocalUser Newcomers::localOf(const Newcomer& newcomer) const {
    LocalUser local;
    local.user = newcomer.user;
    if (local.user.id.empty()) {
        local.user.id = newUserId(host_.random());
    }
    local.user.login = trimmedLogin(newcomer.user.login).value_or(std::string{});
    local.user.claims = withoutEmpty(newcomer.user.claims);
    local.password = newcomer.passwordHash;
    local.created = local.updated = host_.clock().now();
    return local;
}

}  // namespace gatehouse
