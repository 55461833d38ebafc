// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/TakesPasswordHashes.h>
#include <gatehouse/point/UserStore.h>

#include "Services.h"
#include "app/cli/ClaimText.h"
#include "app/cli/Command.h"
#include "app/cli/FileText.h"
#include "app/cli/Output.h"
#include "app/cli/UserCompare.h"
#include "app/cli/UserDesk.h"
#include "app/cli/UserList.h"
#include "limit/Unlocks.h"
#include "login/ChosenPasswords.h"

namespace gatehouse {

namespace {

Secret passwordFrom(const Arguments& arguments) {
    return arguments.has("password-stdin") ? readStandardInputLine() : askForPassword();
}

int print(const Arguments& arguments, const UserDesk& desk, const KnownUser& known) {
    if (arguments.has("json")) {
        printJson(desk.described(known));
    } else {
        printMembers(desk.described(known));
    }
    return ExitCode::done;
}

bool isHashGiven(const Arguments& arguments) {
    if (arguments.has("hash-stdin") && arguments.has("password-stdin")) {
        throw UsageError{"--hash-stdin and --password-stdin exclude each other"};
    }
    return arguments.has("hash-stdin");
}

Status setHash(const UserDesk& desk, const KnownUser& known, const Secret& hash) {
    auto* taking = capabilityOf<TakesPasswordHashes>(*known.store.plugin);
    if (taking == nullptr) {
        return Error::badInput("the user store \"" + std::string(known.store.name) +
                               "\" takes no hashes");
    }
    return taking->setPasswordHash(desk.context(), known.user.id, std::string(hash.view()));
}

/// Nobody stays who could not log in.
void setHashOrRemove(const UserDesk& desk, const KnownUser& added, const Secret& hash) {
    const auto status = setHash(desk, added, hash);
    if (!status) {
        valueOrFail(UserDesk::editor(added.store).remove(desk.context(), added.user.id));
        fail(status.error());
    }
}

/// As rules of the configuration say; the store has its own.
void checkChosen(const UserDesk& desk, const User& user, const Secret& password) {
    const auto problem =
        valueOrFail(desk.core().chosenPasswords().problem(desk.context(), user, password));
    if (!problem.empty()) {
        fail(Error::badInput("a password_rule of the configuration refuses this password: " +
                             problem));
    }
}

int add(const Arguments& arguments) {
    User user;
    user.login = arguments.positional.front();
    const UserDesk desk(arguments, Offline::Database::begun);
    user.claims = claimsFrom(arguments.list("claim"), desk.core().claims());
    const bool isHash = isHashGiven(arguments);
    const Secret given = isHash ? readStandardInputLine() : passwordFrom(arguments);
    const auto store = desk.editable();
    if (!isHash) {
        checkChosen(desk, user, given);
    }
    const KnownUser added{store, valueOrFail(UserDesk::editor(store).add(
                                     desk.context(), user, isHash ? Secret{} : given))};
    if (isHash) {
        setHashOrRemove(desk, added, given);
    }
    desk.audit(arguments, added);
    return print(arguments, desk, added);
}

int show(const Arguments& arguments) {
    const UserDesk desk(arguments);
    return print(arguments, desk, desk.find(arguments.positional.front()));
}

int update(const Arguments& arguments) {
    const UserDesk desk(arguments);
    const KnownUser before = desk.find(arguments.positional.front());
    KnownUser known = before;
    for (const auto& claim : claimsFrom(arguments.list("claim"), desk.core().claims())) {
        known.user.claims.set(claim.name, claim.value);
    }
    for (const auto& name : arguments.list("clear")) {
        known.user.claims.erase(name);
    }
    if (arguments.has("login")) {
        known.user.login = arguments.text("login");
    }
    valueOrFail(UserDesk::editor(known.store).update(desk.context(), known.user));
    desk.audit(arguments, before);
    return print(arguments, desk, known);
}

int setPassword(const Arguments& arguments) {
    const bool isHash = isHashGiven(arguments);
    const Secret given = isHash ? readStandardInputLine() : passwordFrom(arguments);
    const UserDesk desk(arguments);
    const KnownUser known = desk.find(arguments.positional.front());
    if (!isHash) {
        checkChosen(desk, known.user, given);
    }
    valueOrFail(
        isHash ? setHash(desk, known, given)
               : UserDesk::editor(known.store).setPassword(desk.context(), known.user.id, given));
    desk.endAll(known);
    desk.audit(arguments, known);
    return ExitCode::done;
}

int requireNewPassword(const Arguments& arguments) {
    const UserDesk desk(arguments);
    KnownUser known = desk.find(arguments.positional.front());
    known.user.needsNewPassword = true;
    valueOrFail(UserDesk::editor(known.store).update(desk.context(), known.user));
    desk.audit(arguments, known);
    return print(arguments, desk, known);
}

int setDisabled(const Arguments& arguments, bool isDisabled) {
    const UserDesk desk(arguments);
    KnownUser known = desk.find(arguments.positional.front());
    if (UserEditor* editor = known.store.plugin->editor()) {
        known.user.isDisabled = isDisabled;
        valueOrFail(editor->update(desk.context(), known.user));
    } else {
        known = desk.mark(known, isDisabled);
    }
    if (isDisabled) {
        desk.endAll(known);
    }
    desk.audit(arguments, known);
    return print(arguments, desk, known);
}

int remove(const Arguments& arguments) {
    const UserDesk desk(arguments);
    const KnownUser known = desk.find(arguments.positional.front());
    valueOrFail(UserDesk::editor(known.store).remove(desk.context(), known.user.id));
    desk.endAll(known);
    desk.audit(arguments, known);
    return ExitCode::done;
}

int unlockUser(const Arguments& arguments) {
    const UserDesk desk(arguments);
    const KnownUser known = desk.find(arguments.positional.front());
    valueOrFail(
        unlock(desk.core().host(), desk.context(), accountKey(known.store.name, known.user.id)));
    desk.audit(arguments, known);
    return ExitCode::done;
}

}  // namespace

std::vector<Command> userCommands() {  // NOLINT(readability-function-size): a table
    const CommandOption store{
        "store", "NAME",
        "the user store; otherwise all are looked at, and the first that can be changed gets "
        "who is added"};
    const auto withStore = [&store](std::vector<CommandOption> options) {
        options.push_back(store);
        return options;
    };
    const CommandOption input{"password-stdin", "",
                              "take the password from standard input instead of asking"};
    const CommandOption hash{"hash-stdin", "",
                             "take what another program kept of the password, its hash, from "
                             "standard input"};
    const CommandOption claim{"claim", "NAME=VALUE",
                              "an OpenID Connect claim, once for each; address takes JSON"};
    return {
        {"user add",
         "LOGIN",
         "add a person",
         "",
         {claim, hash, input, store},
         "gatehouse user add alice --claim name=\"Alice Example\" --claim email=alice@example.org",
         add},
        {"user list", "", "list the people",
         "Of the first user store that can be changed, or can be listed, unless --store names "
         "another.",
         withStore(userListOptions()), "gatehouse user list --disabled --limit 50", listUsers},
        userCompareCommand(),
        {"user show",
         "LOGIN",
         "show one person",
         "LOGIN may be the store's id or a `sub` as well, here and in the other commands; all user "
         "stores of the issuer are asked.",
         {store},
         "",
         show},
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
         {hash, input, store},
         "",
         setPassword},
        {"user require-new-password",
         "LOGIN",
         "have a person choose a new password at their next login",
         "The old one is asked for once more then, and no longer good afterwards. Sessions and "
         "tokens stay: `gatehouse user logout` ends them.",
         {store},
         "",
         requireNewPassword},
        {"user disable",
         "LOGIN",
         "keep a person out",
         "Ends their sessions and every token that sites hold for them. Where the user store is "
         "read-only, the server remembers it.",
         {store},
         "",
         [](const Arguments& arguments) { return setDisabled(arguments, true); }},
        {"user enable",
         "LOGIN",
         "let a person in again",
         "Whom a read-only user store keeps out itself, it has to let in itself.",
         {store},
         "",
         [](const Arguments& arguments) { return setDisabled(arguments, false); }},
        {"user unlock",
         "LOGIN",
         "let a person try again who gave too many wrong passwords",
         "A running server hears of it within a second.",
         {store},
         "",
         unlockUser},
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
