// SPDX-License-Identifier: Apache-2.0
#include "Services.h"
#include "app/cli/ClientOptions.h"
#include "app/cli/ClientText.h"
#include "app/cli/Command.h"
#include "app/cli/FileText.h"
#include "app/cli/Offline.h"
#include "app/cli/Output.h"
#include "client/ClientDirectory.h"
#include "client/ClientEditor.h"
#include "client/ClientMetadata.h"
#include "client/ClientRules.h"
#include "config/ClientFiles.h"
#include "config/SettingReader.h"
#include "text/Suggest.h"

#include <algorithm>
#include <iostream>

namespace gatehouse {

namespace {

constexpr std::size_t pageSize = 500;

std::vector<CommandOption> withMetadata(std::vector<CommandOption> options) {
    options.insert(options.end(), clientOptions().begin(), clientOptions().end());
    return options;
}

void print(const Arguments& arguments, const ValueMap& members) {
    if (arguments.has("json")) {
        printJson(members);
    } else {
        printMembers(members);
    }
}

int printNew(const Arguments& arguments, const Offline& offline, const NewClient& made) {
    ValueMap members = describedClient(made.client);
    members.erase("secrets");
    const bool isMade = !made.secret.empty() && !arguments.has("secret-stdin");
    if (isMade) {
        members.set("client_secret", made.secret.view());
    }
    print(arguments, members);
    if (isMade && !arguments.has("json")) {
        std::cout << "\nThe secret is shown this once; only its hash is kept.\n";
    }
    offline.audit(arguments, made.client.id);
    if (const auto failure = flushOutput(); failure && isMade) {
        throw CommandFailure{ExitCode::failed, *failure + ": the client \"" + made.client.id +
                                                   "\" is stored, but its new secret is lost; "
                                                   "client rotate-secret gives a new one"};
    }
    return ExitCode::done;
}

void checkMember(const std::string& option, const std::string& name,
                 const std::vector<std::string>& known) {
    if (std::find(known.begin(), known.end(), name) == known.end()) {
        throw UsageError{option + ": a client has no member \"" + name + "\"" +
                         suggestion(name, known)};
    }
}

/// Those of plugins stand behind `--member` and, with ours, behind `--clear`; there also what the
/// client has, for its plugin may be gone.
void checkMembers(const Arguments& arguments, const Offline& offline, const ValueMap& has = {}) {
    auto known = offline.core().clientRules().members();
    for (const auto& member : arguments.list("member")) {
        checkMember("--member", member.substr(0, member.find('=')), known);
    }
    for (const auto& field : clientFields()) {
        if (field.kind != Kind::secret) {
            known.emplace_back(field.name);
        }
    }
    for (const auto& member : has) {
        known.push_back(member.name);
    }
    for (const auto& member : arguments.list("clear")) {
        checkMember("--clear", member, known);
    }
}

int add(const Arguments& arguments) {
    ValueMap metadata = clientMetadataFrom(arguments);
    if (arguments.has("id") && arguments.text("id").empty()) {
        throw UsageError{"--id is empty; leave it out and one is made"};
    }
    if (arguments.has("secret-stdin")) {
        metadata.set("client_secret", readStandardInputLine().view());
    }
    const Offline offline(arguments, Offline::Database::begun);
    checkMembers(arguments, offline);
    return printNew(
        arguments, offline,
        valueOrFail(offline.core().clientEditor().add(offline.context(), std::move(metadata))));
}

int update(const Arguments& arguments) {
    ValueMap changes = clientMetadataFrom(arguments);
    if (arguments.has("disable") || arguments.has("enable")) {
        changes.set("disabled", arguments.has("disable"));
    }
    for (const auto& member : arguments.list("clear")) {
        changes.set(member, Value());
    }
    if (changes.empty()) {
        throw UsageError{"nothing to change"};
    }
    const Offline offline(arguments);
    const auto& id = arguments.positional.front();
    const auto before = valueOrFail(offline.core().clients().read(offline.context(), id));
    checkMembers(arguments, offline, before == nullptr ? ValueMap() : before->metadata);
    const auto client =
        valueOrFail(offline.core().clientEditor().update(offline.context(), id, changes));
    offline.audit(arguments, id);
    print(arguments, describedClient(client));
    return ExitCode::done;
}

std::vector<Client> everyClient(const Offline& offline) {
    const auto issuer = offline.context().issuer.id;
    std::vector<Client> clients = *valueOrFail(offline.core().clients().staticClients(issuer));
    std::string after;
    do {
        auto page =
            valueOrFail(offline.core().clientEditor().list(offline.context(), after, pageSize));
        clients.insert(clients.end(), page.clients.begin(), page.clients.end());
        after = page.next;
    } while (!after.empty());
    return clients;
}

int list(const Arguments& arguments) {
    const Offline offline(arguments);
    ValueList all;
    std::vector<std::vector<std::string>> rows;
    for (const auto& client : everyClient(offline)) {
        all.emplace_back(describedClient(client));
        rows.push_back({client.id, client.name, client.authMethod, joined(client.grantTypes),
                        client.isStatic ? "file" : "storage", client.isDisabled ? "disabled" : ""});
    }
    if (arguments.has("json")) {
        printJson(all);
    } else {
        printTable({"CLIENT_ID", "NAME", "AUTH METHOD", "GRANTS", "FROM", ""}, rows);
    }
    return ExitCode::done;
}

int remove(const Arguments& arguments) {
    const Offline offline(arguments);
    const auto& id = arguments.positional.front();
    valueOrFail(offline.core().clientEditor().remove(offline.context(), id));
    offline.audit(arguments, id);
    return ExitCode::done;
}

/// As durations are written in the configuration; without a unit, seconds.
seconds overlapFrom(const Arguments& arguments) {
    constexpr std::int64_t day = 86'400'000;
    constexpr Field overlap{"overlap", Kind::duration, optional, "", between(0, 365 * day)};
    std::string text = arguments.has("overlap") ? arguments.text("overlap") : "1d";
    if (!text.empty() && text.find_first_not_of("0123456789") == std::string::npos) {
        text += "s";
    }
    const auto length = readSetting(overlap, ConfigNode::text(text, {}));
    if (!length) {
        throw UsageError{"--overlap: " + length.error().text};
    }
    return std::chrono::duration_cast<seconds>(std::get<milliseconds>(*length));
}

int rotateSecret(const Arguments& arguments) {
    const seconds overlap = overlapFrom(arguments);
    const Offline offline(arguments);
    return printNew(arguments, offline,
                    valueOrFail(offline.core().clientEditor().rotateSecret(
                        offline.context(), arguments.positional.front(), overlap)));
}

}  // namespace

std::vector<Command> clientCommands() {  // NOLINT(readability-function-size): a table
    return {
        {"client add", "", "register a client (a site, an app, a service)",
         "Prints the client_id and, for methods that use one, the secret that was made, which is "
         "shown this once.",
         withMetadata(
             {{"id", "CLIENT_ID", "its client_id; made when left out"},
              {"secret-stdin", "", "take the secret from standard input instead of making one"}}),
         "gatehouse client add --name Shop --redirect-uri https://shop.example/callback --grant "
         "authorization_code "
         "--grant refresh_token",
         add},
        {"client list",
         "",
         "list the clients",
         "Those of clients_dir are shown as from a file.",
         {},
         "",
         list},
        {"client update", "CLIENT_ID", "change a client",
         "What is given replaces what was there. A running server sees it within a second.",
         withMetadata({{"clear", "MEMBER", "remove a metadata member, for instance logo_uri"},
                       {"disable", "", "refuse it everywhere until it is enabled again"},
                       {"enable", "", "let it in again"}}),
         "gatehouse client update shop --redirect-uri https://shop.example/signin", update},
        {"client remove",
         "CLIENT_ID",
         "remove a client",
         "Its tokens are refused from then on. A client added under its id later inherits nothing.",
         {},
         "",
         remove},
        {"client rotate-secret",
         "CLIENT_ID",
         "give a client a new secret",
         "The old secret stays good for the overlap, so that the site can be changed without an "
         "outage.",
         {{"overlap", "DURATION",
           "how long the old secret stays good, such as 90s, 1h, 7d; 1d when left out"}},
         "gatehouse client rotate-secret shop --overlap 1h",
         rotateSecret},
    };
}

}  // namespace gatehouse
