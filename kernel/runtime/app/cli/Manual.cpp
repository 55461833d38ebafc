// SPDX-License-Identifier: Apache-2.0
#include "app/cli/Manual.h"

#include "Services.h"

#include <sstream>

namespace gatehouse {

namespace {

/// Text that man(7) prints as it is.
std::string plain(const std::string& text) {
    std::string escaped;
    bool isAtStart = true;
    for (const char c : text) {
        if (isAtStart && (c == '.' || c == '\'')) {
            escaped += "\\&";
        }
        if (c == '\\') {
            escaped += "\\e";
        } else if (c == '-') {
            escaped += "\\-";
        } else {
            escaped += c;
        }
        isAtStart = c == '\n';
    }
    return escaped;
}

std::string bold(const std::string& text) {
    return "\\fB" + plain(text) + "\\fR";
}

std::string italic(const std::string& text) {
    return text.empty() ? "" : " \\fI" + plain(text) + "\\fR";
}

std::string title(const std::string& heading, const std::string& names,
                  const std::string& summary) {
    return ".TH " + heading + R"( "" "Gatehouse )" + std::string(Services::descriptor().version) +
           "\"\n.SH NAME\n" + plain(names) + " \\- " + plain(summary) + "\n";
}

std::string item(const std::string& head, const std::string& text) {
    return ".TP\n" + head + "\n" + plain(text) + "\n";
}

std::string optionItems(const std::vector<CommandOption>& options) {
    std::string text;
    for (const auto& option : options) {
        text += item(bold("--" + option.name) + italic(option.value), option.summary);
    }
    return text;
}

std::string section(const Command& command) {
    std::string text =
        ".SS " + bold("gatehouse " + command.name) + italic(command.arguments) + "\n";
    text += plain(command.summary) + ".\n";
    text += command.text.empty() ? "" : ".PP\n" + plain(command.text) + "\n";
    text += optionItems(command.options);
    text += command.example.empty()
                ? ""
                : ".PP\nExample:\n.PP\n.RS 4\n.nf\n" + plain(command.example) + "\n.fi\n.RE\n";
    return text;
}

}  // namespace

std::string commandManual(const std::vector<Command>& commands) {
    std::string text = title("GATEHOUSE 8", "gatehouse, gatehouse-admin",
                             "OAuth 2.1 and OpenID Connect authorization server");
    text += ".SH SYNOPSIS\n" + bold("gatehouse") + italic("COMMAND") + " [" + bold("--config") +
            italic("FILE") + "] [" + bold("--json") + "]" + italic("...") + "\n";
    text += ".SH DESCRIPTION\nOne program is the server, " + bold("gatehouse serve") +
            ", and the commands that operators use beside it. Commands read the same configuration "
            "and open the same database as the server.\n.PP\n" +
            bold("gatehouse-admin") +
            ", run by root, takes the same commands and runs them as the service would: with its "
            "user and groups, so that files they make belong to it, and with the environment that "
            "its unit "
            "and drop-ins give it.\n.PP\nPlugins bring commands of their own: " +
            bold("gatehouse --help") +
            " lists those of the plugins that are installed, and each explains itself by " +
            bold("--help") + ".\n";
    text += ".SH COMMANDS\n";
    for (const auto& command : commands) {
        text += section(command);
    }
    text += ".SH OPTIONS OF EVERY COMMAND\n" + optionItems(commonOptions());
    text += ".SH EXIT STATUS\n";
    for (const auto& [code, meaning] : exitMeanings()) {
        text += item(bold(std::to_string(code)), meaning);
    }
    text += item(bold("77"), "gatehouse-admin was not started by root");
    return text + ".SH SEE ALSO\n" + bold("gatehouse.yaml") + "(5), " + bold("systemctl") + "(1)\n";
}

std::string configurationManual(const std::vector<ReferenceEntry>& sections) {
    std::string text =
        title("GATEHOUSE.YAML 5", "gatehouse.yaml", "configuration of the Gatehouse server");
    text += ".SH DESCRIPTION\nOne file, YAML or TOML, read by the server and by every command. " +
            bold("gatehouse check") + " tells every mistake in it, " + bold("gatehouse config") +
            " every effective value and where it came from.\n.PP\nEach setting of a section also "
            "comes from the environment, as " +
            bold("SECTION__KEY") + ", and wins over the file.\n.PP\n" + bold("modules") + " and " +
            bold("plugins") + " list what is loaded; " + bold("gatehouse plugins") +
            italic("NAME") + " explains the settings of one.\n";
    for (const auto& section : sections) {
        text += ".SH SECTION " + section.name + "\n" + plain(section.summary) + "\n";
        for (const Field& field : section.fields) {
            text += item(bold(field.name) + " (" + plain(takenText(field)) + ")", field.summary);
        }
    }
    return text + ".SH SEE ALSO\n" + bold("gatehouse") + "(8)\n";
}

}  // namespace gatehouse
