// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/point/UserStore.h>

#include "Services.h"
#include "app/cli/ClaimText.h"
#include "app/cli/Command.h"
#include "app/cli/FileText.h"
#include "app/cli/Offline.h"
#include "app/cli/Output.h"
#include "login/PersonDirectory.h"
#include "login/SessionService.h"
#include "token/FamilyBook.h"

#include <iostream>

namespace gatehouse {

namespace {

constexpr std::size_t pageSize = 500;

/// The user store a command works on, open.
struct Desk {
    explicit Desk(const Arguments& arguments,
                  Offline::Database database = Offline::Database::wanted)
        : offline(arguments, database),
          store(offline.core().people().store(offline.context().issuer, arguments.text("store"))) {
        if (store.plugin == nullptr) {
            const auto name = arguments.text("store");
            fail(Error::badInput(name.empty() ? "no user store of the issuer can be changed"
                                              : "the issuer has no user store \"" + name + "\""));
        }
    }

    UserEditor& editor() const {
        UserEditor* editor = store.plugin->editor();
        if (editor == nullptr) {
            fail(Error::badInput("the user store \"" + store.name +
                                 "\" cannot be changed from here"));
        }
        return *editor;
    }

    User find(const std::string& login) const {
        auto user = valueOrFail(store.plugin->findByLogin(offline.context(), login));
        if (!user) {
            fail(Error::badInput("no user \"" + login + "\""));
        }
        return *std::move(user);
    }

    std::string sub(const User& user) const {
        return valueOrFail(
            offline.core().host().subjects().of(offline.context(), store.name, user.id));
    }

    /// Every session of the person and every token their sites hold ends.
    void endAll(const User& user) const {
        valueOrFail(offline.core().sessions().endAll(offline.context(), sub(user)));
        valueOrFail(offline.core().families().revokeSubject(offline.context(), sub(user)));
    }

    Offline offline;
    Host::Named<UserStore> store;
};

Secret passwordFrom(const Arguments& arguments) {
    return arguments.has("password-stdin") ? readStandardInputLine() : askForPassword();
}

ValueMap described(const Desk& desk, const User& user) {
    return {{"login", user.login},         {"id", user.id},
            {"store", desk.store.name},    {"sub", desk.sub(user)},
            {"disabled", user.isDisabled}, {"claims", user.claims}};
}

int print(const Arguments& arguments, const Desk& desk, const User& user) {
    if (arguments.has("json")) {
        printJson(described(desk, user));
    } else {
        printMembers(described(desk, user));
    }
    return ExitCode::done;
}

int add(const Arguments& arguments) {
    User user;
    user.login = arguments.positional.front();
    user.claims = claimsFrom(arguments.list("claim"));
    const Secret password = passwordFrom(arguments);
    const Desk desk(arguments, Offline::Database::begun);
    return print(arguments, desk,
                 valueOrFail(desk.editor().add(desk.offline.context(), user, password)));
}

int list(const Arguments& arguments) {
    const Desk desk(arguments);
    ValueList all;
    std::vector<std::vector<std::string>> rows;
    std::string after;
    do {
        auto page = valueOrFail(desk.editor().list(desk.offline.context(), after, pageSize));
        for (const auto& user : page.users) {
            all.emplace_back(described(desk, user));
            rows.push_back({user.login, std::string(user.claims.text("name")),
                            std::string(user.claims.text("email")),
                            user.isDisabled ? "disabled" : ""});
        }
        after = page.next;
    } while (!after.empty());
    if (arguments.has("json")) {
        printJson(all);
    } else {
        printTable({"LOGIN", "NAME", "EMAIL", ""}, rows);
    }
    return ExitCode::done;
}

int show(const Arguments& arguments) {
    const Desk desk(arguments);
    return print(arguments, desk, desk.find(arguments.positional.front()));
}

int update(const Arguments& arguments) {
    const Desk desk(arguments);
    User user = desk.find(arguments.positional.front());
    for (const auto& claim : claimsFrom(arguments.list("claim"))) {
        user.claims.set(claim.name, claim.value);
    }
    for (const auto& name : arguments.list("clear")) {
        user.claims.erase(name);
    }
    if (arguments.has("login")) {
        user.login = arguments.text("login");
    }
    valueOrFail(desk.editor().update(desk.offline.context(), user));
    return print(arguments, desk, user);
}

int setPassword(const Arguments& arguments) {
    const Secret password = passwordFrom(arguments);
    const Desk desk(arguments);
    const User user = desk.find(arguments.positional.front());
    valueOrFail(desk.editor().setPassword(desk.offline.context(), user.id, password));
    desk.endAll(user);
    return ExitCode::done;
}

int setDisabled(const Arguments& arguments, bool isDisabled) {
    const Desk desk(arguments);
    User user = desk.find(arguments.positional.front());
    user.isDisabled = isDisabled;
    valueOrFail(desk.editor().update(desk.offline.context(), user));
    if (isDisabled) {
        desk.endAll(user);
    }
    return print(arguments, desk, user);
}

int remove(const Arguments& arguments) {
    const Desk desk(arguments);
    const User user = desk.find(arguments.positional.front());
    valueOrFail(desk.editor().remove(desk.offline.context(), user.id));
    desk.endAll(user);
    return ExitCode::done;
}

}  // namespace

std::vector<Command> userCommands() {  // NOLINT(readability-function-size): a table
    const CommandOption store{"store", "NAME",
                              "the user store; otherwise the first that can be changed"};
    const CommandOption input{"password-stdin", "",
                              "take the password from standard input instead of asking"};
    const CommandOption claim{"claim", "NAME=VALUE",
                              "an OpenID Connect claim, once for each; address takes JSON"};
    return {
        {"user add",
         "LOGIN",
         "add a person",
         "",
         {claim, input, store},
         "gatehouse user add alice --claim name=\"Alice Example\" --claim email=alice@example.org",
         add},
        {"user list", "", "list the people", "", {store}, "", list},
        {"user show", "LOGIN", "show one person", "", {store}, "", show},
        {"user update",
         "LOGIN",
         "change a person's claims or login",
         "",
         {claim,
          {"clear", "CLAIM", "remove a claim"},
          {"login", "LOGIN", "what they type from now on"},
          store},
         "gatehouse user update alice --claim email_verified=true",
         update},
        {"user passwd",
         "LOGIN",
         "give a person a new password",
         "Ends every token that sites hold for them.",
         {input, store},
         "",
         setPassword},
        {"user disable",
         "LOGIN",
         "keep a person out",
         "Ends their sessions and every token that sites hold for them.",
         {store},
         "",
         [](const Arguments& arguments) { return setDisabled(arguments, true); }},
        {"user enable",
         "LOGIN",
         "let a person in again",
         "",
         {store},
         "",
         [](const Arguments& arguments) { return setDisabled(arguments, false); }},
        {"user remove",
         "LOGIN",
         "remove a person",
         "Ends their sessions and every token that sites hold for them.",
         {store},
         "",
         remove},
    };
}

}  // namespace gatehouse
