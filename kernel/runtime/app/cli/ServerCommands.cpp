// SPDX-License-Identifier: Apache-2.0
#include "Services.h"
#include "app/Server.h"
#include "app/ServerSettings.h"
#include "app/cli/Check.h"
#include "app/cli/Command.h"
#include "app/cli/Offline.h"
#include "app/cli/Output.h"
#include "app/cli/PluginReference.h"
#include "http/ServerProbe.h"
#include "json/Members.h"

#include <iostream>

namespace gatehouse {

namespace {

int serve(const Arguments& arguments) {
    Server::blockSignals();
    return Server(configurationInput(arguments)).run();
}

Command serveCommand() {
    return {"serve",
            "",
            "run the server",
            "Serves until SIGTERM or SIGINT; then what is under way is finished. SIGHUP reads the "
            "configuration again\n"
            "without dropping a request; what is wrong with it is logged and nothing changes.",
            {},
            "gatehouse serve --config /etc/gatehouse/gatehouse.yaml",
            serve};
}

template <class Problems> ValueList listed(const Problems& problems) {
    ValueList list;
    for (const Problem& problem : problems) {
        list.emplace_back(ValueMap{{"file", problem.place.file},
                                   {"line", problem.place.line},
                                   {"column", problem.place.column},
                                   {"problem", problem.text}});
    }
    return list;
}

int check(const Arguments& arguments) {
    const Check check(arguments);
    if (arguments.has("json")) {
        printJson(ValueMap{{"ok", check.problems().empty()},
                           {"problems", listed(check.problems())},
                           {"warnings", listed(check.problems().warnings())}});
    } else {
        printProblems(check.problems());
    }
    if (!check.problems().empty()) {
        return ExitCode::config;
    }
    if (!arguments.has("json")) {
        const auto& file = check.configuration().file();
        printLine((file.empty() ? "the embedded configuration" : file) + ": good");
    }
    return ExitCode::done;
}

int config(const Arguments& arguments) {
    const Check check(arguments);
    std::cout << check.explanation(arguments.has("json"));
    printProblems(check.problems());
    return check.problems().empty() ? ExitCode::done : ExitCode::config;
}

/// Which source and which rule is asked when, as the configuration has it.
int printOrder(const Arguments& arguments) {
    const Check check(arguments);
    printProblems(check.problems());
    ValueList all;
    std::vector<std::vector<std::string>> rows;
    const auto add = [&](const char* kind, const std::vector<OrderedRule>& asked) {
        for (const auto& one : asked) {
            all.emplace_back(ValueMap{{kind, one.label},
                                      {"parameters", listOfTexts(one.parameters)},
                                      {"after", listOfTexts(one.after)}});
            rows.push_back({one.label, joined(one.parameters), joined(one.after)});
        }
    };
    if (check.problems().empty()) {
        add("source", check.sources());
    }
    add("rule", check.rules());
    if (arguments.has("json")) {
        printJson(all);
    } else {
        printTable({"SOURCE OR RULE", "PARAMETERS", "AFTER"}, rows);
    }
    return check.problems().empty() ? ExitCode::done : ExitCode::config;
}

int plugins(const Arguments& arguments) {
    if (arguments.has("order")) {
        return printOrder(arguments);
    }
    if (arguments.has("schema")) {
        return printSchema(arguments);
    }
    return arguments.positional.empty() ? listPlugins(arguments) : showPlugin(arguments);
}

int health(const Arguments& arguments) {
    const auto configuration = readConfiguration(arguments);
    const auto settings = listenerSettings(configuration.server(), configuration.mtls());
    const auto speaks = configuration.tls().empty() ? Speaks::plain : Speaks::tls;
    const char* path = arguments.has("live") ? "/api/healthz" : "/api/readyz";
    const auto answer = valueOrFail(askServer(settings.host, settings.port, path, speaks));
    printLine(answer.body);
    return answer.status == 200 ? ExitCode::done : ExitCode::failed;
}

Command healthCommand() {
    return {"health",
            "",
            "ask the running server how it is, as a balancer would",
            "For supervisors of images without curl: 0 when it is ready, 1 when it says why not, "
            "69 when nobody answers.\n"
            "It is asked where the configuration says that it listens.",
            {{"live", "", "ask only whether the process lives (/api/healthz)"}},
            "",
            health};
}

int version(const Arguments& arguments) {
    if (arguments.has("json")) {
        printJson(ValueMap{{"version", Services::descriptor().version},
                           {"sdk", std::to_string(sdkMajor) + "." + std::to_string(sdkMinor)},
                           {"build_tag", buildTag}});
    } else {
        std::cout << "gatehouse " << Services::descriptor().version << " (SDK " << sdkMajor << "."
                  << sdkMinor << ", " << buildTag << ")\n";
    }
    return ExitCode::done;
}

}  // namespace

Command pluginsCommand() {
    return {
        "plugins",
        "[NAME]",
        "list the installed plugins, or explain the settings of one",
        "",
        {{"schema", "", "print a JSON Schema of the configuration file instead"},
         {"order", "", "print in which order authorization requests are read and checked instead"}},
        "gatehouse plugins user_store.local",
        plugins};
}

std::vector<Command> serverCommands() {
    return {
        serveCommand(),
        {"check",
         "",
         "check the configuration without starting anything",
         "Every problem is printed with its file, line and column.",
         {},
         "",
         check},
        {"config",
         "",
         "show every effective setting and where it came from",
         "Secrets are masked.",
         {},
         "",
         config},
        healthCommand(),
        {"version",
         "",
         "print the version",
         "gatehouse --version and -V are the same.",
         {},
         "",
         version},
    };
}

}  // namespace gatehouse
