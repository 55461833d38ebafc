// SPDX-License-Identifier: Apache-2.0
#include "app/cli/UserList.h"

#include "app/cli/Output.h"
#include "app/cli/UserDesk.h"
#include "text/Lower.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <string>
#include <utility>

namespace gatehouse {

namespace {

constexpr std::size_t pageSize = 500;

std::size_t limitIn(const Arguments& arguments) {
    if (!arguments.has("limit")) {
        return std::numeric_limits<std::size_t>::max();
    }
    const auto text = arguments.text("limit");
    std::size_t limit = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), limit);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size() || limit == 0) {
        throw UsageError{"--limit wants a number, 1 or more"};
    }
    return limit;
}

bool beginsWith(const std::string& login, const std::string& prefix) {
    return login.size() >= prefix.size() &&
           std::equal(prefix.begin(), prefix.end(), login.begin(),
                      [](char left, char right) { return lower(left) == lower(right); });
}

bool isWanted(const Arguments& arguments, const User& user) {
    return (!arguments.has("disabled") || user.isDisabled) &&
           beginsWith(user.login, arguments.text("login"));
}

std::string stateOf(const User& user) {
    if (user.isDisabled) {
        return "disabled";
    }
    return user.needsNewPassword ? "needs a new password" : "";
}

/// What is asked for, and where to go on.
UserPage pageOf(const Arguments& arguments, const UserDesk& desk,
                const Host::Named<UserStore>& store) {
    const std::size_t limit = limitIn(arguments);
    UserPage wanted;
    wanted.next = arguments.text("after");
    do {
        const auto most = std::min(pageSize, limit - wanted.users.size());
        auto page = valueOrFail(UserDesk::lister(store)->list(desk.context(), wanted.next, most));
        for (auto& user : page.users) {
            user.isDisabled = desk.isDisabled(store, user);
            if (isWanted(arguments, user)) {
                wanted.users.push_back(std::move(user));
            }
        }
        wanted.next = page.next;
    } while (!wanted.next.empty() && wanted.users.size() < limit);
    return wanted;
}

void printAsJson(const Arguments& arguments, const UserDesk& desk,
                 const Host::Named<UserStore>& store, const UserPage& page) {
    ValueList users;
    for (const auto& user : page.users) {
        users.emplace_back(desk.described({store, user}));
    }
    if (arguments.has("limit")) {
        printJson(ValueMap{{"users", std::move(users)}, {"next", page.next}});
    } else {
        printJson(users);
    }
}

}  // namespace

int listUsers(const Arguments& arguments) {
    const UserDesk desk(arguments);
    const auto store = desk.listable();
    const auto page = pageOf(arguments, desk, store);
    if (arguments.has("json")) {
        printAsJson(arguments, desk, store, page);
        return ExitCode::done;
    }
    std::vector<std::vector<std::string>> rows;
    for (const auto& user : page.users) {
        rows.push_back({user.login, std::string(user.claims.text("name")),
                        std::string(user.claims.text("email")), stateOf(user)});
    }
    printTable({"LOGIN", "NAME", "EMAIL", ""}, std::move(rows));
    if (!page.next.empty()) {
        printError("There are more: --after " + page.next);
    }
    return ExitCode::done;
}

std::vector<CommandOption> userListOptions() {
    return {{"disabled", "", "only those who are kept out"},
            {"login", "PREFIX", "only those whose login begins so"},
            {"limit", "NUMBER", R"(at most so many; with --json as {"users": [...], "next": ...})"},
            {"after", "NEXT", "go on where the list before ended"}};
}

}  // namespace gatehouse
