// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/point/KeyStore.h>

#include "Services.h"
#include "app/cli/Command.h"
#include "app/cli/Offline.h"
#include "app/cli/Output.h"

namespace gatehouse {

namespace {

std::string stateText(KeyState state) {
    switch (state) {
    case KeyState::pending: return "pending";
    case KeyState::active: return "active";
    case KeyState::retiring: return "retiring";
    }
    return "";
}

int list(const Arguments& arguments) {
    const Offline offline(arguments);
    ValueList all;
    std::vector<std::vector<std::string>> rows;
    for (const auto& key : valueOrFail(offline.core().keys().publicKeys(offline.context()))) {
        const std::vector<std::string> row{key.id, key.algorithm, stateText(key.state),
                                           timeText(key.created), timeText(key.changes)};
        all.emplace_back(ValueMap{{"kid", row[0]},
                                  {"alg", row[1]},
                                  {"state", row[2]},
                                  {"created", row[3]},
                                  {"changes", row[4]}});
        rows.push_back(row);
    }
    if (arguments.has("json")) {
        printJson(all);
    } else {
        printTable({"KID", "ALG", "STATE", "CREATED", "NEXT STATE"}, rows);
    }
    return ExitCode::done;
}

int rotate(const Arguments& arguments) {
    {
        const Offline offline(arguments);
        valueOrFail(offline.core().keys().rotate(offline.context()));
        offline.audit(arguments, "keys");
    }
    return list(arguments);
}

}  // namespace

std::vector<Command> keyCommands() {
    return {
        {"keys list",
         "",
         "list the keys that sign, and those that decrypt",
         "A key is pending while it is only published, active while it signs, retiring until what "
         "it signed has expired. One that decrypts is published while it is active, and decrypts "
         "until it is gone.",
         {},
         "",
         list},
        {"keys rotate",
         "",
         "make the next keys now",
         "They are published at once and sign after key_store.local's publish_for, so that no "
         "verifier is surprised.",
         {},
         "",
         rotate},
    };
}

}  // namespace gatehouse
