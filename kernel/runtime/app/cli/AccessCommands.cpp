// SPDX-License-Identifier: Apache-2.0
#include "Services.h"
#include "app/cli/Command.h"
#include "app/cli/Output.h"
#include "app/cli/UserDesk.h"
#include "client/ClientDirectory.h"
#include "json/Members.h"
#include "login/ConsentService.h"
#include "login/PersonDirectory.h"
#include "login/SessionService.h"
#include "login/Withdrawal.h"
#include "token/FamilyBook.h"

#include <algorithm>
#include <map>
#include <utility>

namespace gatehouse {

namespace {

using Rows = std::vector<std::vector<std::string>>;

ConsentService consentsOf(const UserDesk& desk) {
    return ConsentService(desk.core().host());
}

/// Families one by one; of everybody where `sub` is empty.
template <class See> void eachFamily(const Offline& offline, const std::string& sub, See see) {
    constexpr std::size_t pageSize = 500;
    std::string after;
    do {
        const auto page =
            valueOrFail(offline.core().families().list(offline.context(), sub, after, pageSize));
        for (const auto& family : page.families) {
            see(family);
        }
        after = page.next;
    } while (!after.empty());
}

int printAll(const Arguments& arguments, const std::vector<std::string>& head, ValueList all,
             Rows rows) {
    if (arguments.has("json")) {
        printJson(std::move(all));
    } else {
        printTable(head, std::move(rows));
    }
    return ExitCode::done;
}

int sessions(const Arguments& arguments) {
    const UserDesk desk(arguments);
    const auto sub = desk.sub(desk.find(arguments.positional.front()));
    ValueList all;
    Rows rows;
    for (const auto& session : valueOrFail(desk.core().sessions().list(desk.context(), sub))) {
        const auto since = timeText(session.authentication.time);
        const auto seen = timeText(session.seen);
        const auto ends = timeText(session.ends);
        all.emplace_back(ValueMap{{"sid", session.authentication.sessionId},
                                  {"since", since},
                                  {"seen", seen},
                                  {"ends", ends},
                                  {"amr", listOfTexts(session.authentication.amr)},
                                  {"clients", listOfTexts(session.clients)}});
        rows.push_back({session.authentication.sessionId, since, seen, ends,
                        joined(session.authentication.amr), joined(session.clients)});
    }
    return printAll(arguments, {"SESSION", "SINCE", "SEEN", "ENDS", "BY", "CLIENTS"},
                    std::move(all), std::move(rows));
}

int logout(const Arguments& arguments) {
    const UserDesk desk(arguments);
    const auto known = desk.find(arguments.positional.front());
    desk.endAll(known);
    desk.audit(arguments, known);
    return ExitCode::done;
}

/// What one client has of one person.
struct Access {
    std::int64_t authorizations = 0;
    TimePoint used{};
    std::optional<Consent> consent;
};

int clients(const Arguments& arguments) {
    const UserDesk desk(arguments);
    const auto sub = desk.sub(desk.find(arguments.positional.front()));
    std::map<std::string, Access> accesses;
    eachFamily(desk.offline(), sub, [&accesses](const Family& family) {
        auto& access = accesses[family.authorization.clientId];
        ++access.authorizations;
        access.used = std::max(access.used, family.rotated);
    });
    for (auto& consent : valueOrFail(consentsOf(desk).list(desk.context(), sub))) {
        accesses[consent.clientId].consent = consent;
    }
    ValueList all;
    Rows rows;
    for (const auto& [client, access] : accesses) {
        const auto used = access.authorizations > 0 ? timeText(access.used) : "-";
        const auto given = access.consent ? timeText(access.consent->given) : "-";
        const auto scopes = access.consent ? access.consent->scopes.text() : "";
        all.emplace_back(ValueMap{{"client_id", client},
                                  {"authorizations", access.authorizations},
                                  {"used", used},
                                  {"consented", given},
                                  {"scope", scopes}});
        rows.push_back({client, std::to_string(access.authorizations), used, given, scopes});
    }
    return printAll(arguments, {"CLIENT_ID", "AUTHORIZATIONS", "USED", "CONSENTED", "TO"},
                    std::move(all), std::move(rows));
}

/// None: all that there are. An empty one would take back more than was meant.
ScopeSet scopesIn(const Arguments& arguments) {
    ScopeSet scopes;
    for (const auto& given : arguments.list("scope")) {
        const auto named = ScopeSet::parse(given);
        if (named.empty()) {
            throw UsageError{"--scope names no scope; without --scope all of them are taken back"};
        }
        for (const auto& scope : named) {
            scopes.add(scope);
        }
    }
    return scopes;
}

int revoke(const Arguments& arguments) {
    const UserDesk desk(arguments);
    const auto known = desk.find(arguments.positional.front());
    const auto sub = desk.sub(known);
    const auto& client = arguments.positional.at(1);
    const auto scopes = scopesIn(arguments);
    const auto consents = consentsOf(desk);
    const Withdrawal withdrawal(desk.core().host(), consents, desk.core().families());
    if (!valueOrFail(withdrawal.run(desk.context(), sub, client, scopes, {}))) {
        fail(Error::badInput("the client \"" + client + "\" has nothing of this person" +
                             (scopes.empty() ? "" : " for \"" + scopes.text() + "\"")));
    }
    desk.offline().audit(arguments, known.user.login + " " + client);
    return ExitCode::done;
}

/// Logins by `sub`, each looked up once.
class Logins {
public:
    explicit Logins(const Offline& offline) : offline_(offline) {}

    /// The login; empty when the store does not know the person any more.
    const std::string& of(const Subject& subject) {
        const auto [known, isNew] = logins_.emplace(subject.sub, std::string{});
        if (isNew && subject.isPerson()) {
            known->second = loginOf(subject);
        }
        return known->second;
    }

private:
    std::string loginOf(const Subject& subject) const {
        const auto context = offline_.context();
        const auto store = offline_.core().people().store(context.issuer, subject.store);
        if (store.plugin == nullptr) {
            return {};
        }
        const auto user = valueOrFail(store.plugin->findById(context, subject.id));
        return user ? user->login : std::string{};
    }

    const Offline& offline_;
    std::map<std::string, std::string> logins_;
};

int tokens(const Arguments& arguments) {
    const Offline offline(arguments);
    const auto wanted = arguments.positional.empty() ? std::string{} : arguments.positional.front();
    Logins logins(offline);
    ValueList all;
    Rows rows;
    eachFamily(offline, {}, [&](const Family& family) {
        const auto& given = family.authorization;
        if (!wanted.empty() && given.clientId != wanted) {
            return;
        }
        const auto& login = logins.of(given.subject);
        const auto since = timeText(given.authentication.time);
        const auto used = timeText(family.rotated);
        const auto ends = timeText(family.expires);
        const bool isRefreshed = family.generation > 0;
        all.emplace_back(ValueMap{{"client_id", given.clientId},
                                  {"login", login},
                                  {"sub", given.subject.sub},
                                  {"scope", given.scopes.text()},
                                  {"since", since},
                                  {"used", used},
                                  {"ends", ends},
                                  {"refresh_token", isRefreshed}});
        rows.push_back({given.clientId, login, given.scopes.text(), since, used, ends,
                        isRefreshed ? "yes" : "no"});
    });
    return printAll(arguments, {"CLIENT_ID", "LOGIN", "SCOPE", "SINCE", "USED", "ENDS", "REFRESH"},
                    std::move(all), std::move(rows));
}

}  // namespace

std::vector<Command> clientAccessCommands() {
    return {{"client tokens",
             "[CLIENT_ID]",
             "list who has tokens, and for what",
             "One line for each authorization of a person: what a code was redeemed for, until its "
             "last token has ended. Tokens that clients got for themselves are not kept.",
             {},
             "gatehouse client tokens shop",
             tokens}};
}

std::vector<Command> userAccessCommands() {
    const CommandOption store{"store", "NAME", "the user store; otherwise all are looked at"};
    return {
        {"user sessions",
         "LOGIN",
         "list the browsers a person is signed in with",
         "",
         {store},
         "",
         sessions},
        {"user logout",
         "LOGIN",
         "sign a person out everywhere",
         "Ends their sessions and every token that sites hold for them. They can sign in again.",
         {store},
         "",
         logout},
        {"user clients",
         "LOGIN",
         "list the clients that have tokens or the consent of a person",
         "",
         {store},
         "",
         clients},
        {"user revoke",
         "LOGIN CLIENT_ID",
         "take from one client what it has of a person",
         "Ends the tokens that it holds for them; before it gets others they are asked again. With "
         "--scope that is so for tokens with one of these scopes, and other consent stays.",
         {store,
          {"scope", "SCOPE",
           "take back this scope only; several with blanks between them, or --scope again"}},
         "gatehouse user revoke alice shop --scope email",
         revoke},
    };
}

}  // namespace gatehouse
