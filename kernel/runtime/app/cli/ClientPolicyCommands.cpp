// SPDX-License-Identifier: Apache-2.0
#include "Services.h"
#include "app/cli/ClientText.h"
#include "app/cli/Command.h"
#include "app/cli/Offline.h"
#include "app/cli/Output.h"
#include "client/ClientAuthenticator.h"
#include "client/ClientDirectory.h"
#include "client/ClientProfile.h"
#include "json/Members.h"
#include "text/Contains.h"
#include "text/Suggest.h"

#include <memory>
#include <string>
#include <vector>

namespace gatehouse {

namespace {

std::shared_ptr<const Client> named(const Arguments& arguments, const Offline& offline) {
    const auto& id = arguments.positional.front();
    auto client = valueOrFail(offline.core().clients().read(offline.context(), id));
    if (client == nullptr) {
        fail(Error::badInput("no client \"" + id + "\""));
    }
    return client;
}

std::vector<PolicyLine> policyOf(const Client& client, const Offline& offline) {
    auto& core = offline.core();
    return effectivePolicy(client, core.clientRules(),
                           {core.lifetimes().lines(offline.context().issuer.id),
                            core.tokenFormats(), core.authenticator().signingAlgorithms()},
                           core.clients().profiles().settles(offline.context().issuer.id, client));
}

void printAsJson(const Client& client, const std::vector<PolicyLine>& policy) {
    ValueMap members = describedClient(client);
    ValueMap lines;
    for (const auto& line : policy) {
        lines.set(line.member, ValueMap{{"value", line.value}, {"from", line.from}});
    }
    members.set("policy", std::move(lines));
    printJson(std::move(members));
}

int show(const Arguments& arguments) {
    const Offline offline(arguments);
    const auto client = named(arguments, offline);
    const auto policy = policyOf(*client, offline);
    if (arguments.has("json")) {
        printAsJson(*client, policy);
        return ExitCode::done;
    }
    std::vector<std::vector<std::string>> rows;
    rows.reserve(policy.size());
    for (const auto& line : policy) {
        rows.push_back({line.member, valueText(line.value), line.from});
    }
    if (client->isDisabled) {
        rows.push_back({"disabled", "true", "client update --disable"});
    }
    for (const auto& secret : client->secrets) {
        const auto end =
            secret.expires == never ? "without an end" : "until " + timeText(secret.expires);
        rows.push_back({"secret " + secret.id, end, "made " + timeText(secret.created)});
    }
    printTable({"MEMBER", "VALUE", "FROM"}, std::move(rows));
    return ExitCode::done;
}

std::string profileIn(const Arguments& arguments) {
    const auto profiles = clientProfiles();
    if (!arguments.has("profile")) {
        throw UsageError{"--profile is missing; one of " + joined(profiles)};
    }
    auto profile = arguments.text("profile");
    if (!contains(profiles, profile)) {
        throw UsageError{"--profile: \"" + profile + "\" is not one of " + joined(profiles) +
                         suggestion(profile, profiles)};
    }
    return profile;
}

int check(const Arguments& arguments) {
    const auto profile = profileIn(arguments);
    const Offline offline(arguments);
    const auto problems = profileProblems(profile, policyOf(*named(arguments, offline), offline));
    if (arguments.has("json")) {
        printJson(listOfTexts(problems));
    } else if (problems.empty()) {
        printLine("Nothing would be refused.");
    } else {
        for (const auto& problem : problems) {
            printLine(problem);
        }
    }
    return problems.empty() ? ExitCode::done : ExitCode::failed;
}

}  // namespace

std::vector<Command> clientPolicyCommands() {
    return {
        {"client show",
         "CLIENT_ID",
         "show one client, and all that holds for it",
         "Its metadata, and what holds where it says nothing: the defaults and the settings of the "
         "issuer. FROM is who says so.",
         {},
         "",
         show},
        {"client check",
         "CLIENT_ID",
         "tell what a stricter profile would refuse",
         "mcp is what the Model Context Protocol asks of clients, oauth2.1 what RFC 9700 and RFC "
         "8252 do, fapi2 the FAPI 2.0 Security Profile, fapi2_message_signing FAPI 2.0 Message "
         "Signing too. Ends with 1 when anything would be refused.",
         {{"profile", "NAME",
           "what to hold it against: mcp, oauth2.1, fapi2 or fapi2_message_signing",
           "mcp oauth2.1 fapi2 fapi2_message_signing"}},
         "gatehouse client check shop --profile fapi2",
         check},
    };
}

}  // namespace gatehouse
