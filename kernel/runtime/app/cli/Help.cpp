// SPDX-License-Identifier: Apache-2.0
#include "app/cli/Help.h"

#include "app/cli/Options.h"

#include <algorithm>

namespace gatehouse {

namespace {

std::string padded(std::string text, std::size_t width) {
    text.resize(std::max(width, text.size()), ' ');
    return text;
}

std::string leftOf(const CommandOption& option) {
    return "--" + option.name + (option.value.empty() ? "" : " " + option.value);
}

std::string optionLines(const std::vector<CommandOption>& options, std::size_t width) {
    std::string lines;
    for (const auto& option : options) {
        lines += "  " + padded(leftOf(option), width) + "  " + option.summary + "\n";
    }
    return lines;
}

std::size_t widthOf(const std::vector<CommandOption>& options) {
    std::size_t width = 0;
    for (const auto& option : options) {
        width = std::max(width, leftOf(option).size());
    }
    return width;
}

}  // namespace

std::string overviewText(const std::vector<Command>& commands) {
    std::size_t width = 0;
    for (const auto& command : commands) {
        width = std::max(width, (command.name + " " + command.arguments).size());
    }
    std::string text = "Gatehouse, an OAuth 2.1 and OpenID Connect authorization server\n\n"
                       "Usage: gatehouse COMMAND [ARGUMENTS] [--config FILE] [--json]\n\n";
    std::string group;
    for (const auto& command : commands) {
        const std::string first = command.name.substr(0, command.name.find(' '));
        if (!group.empty() && group != first && command.name != first) {
            text += "\n";
        }
        group = first;
        text += "  " + padded(command.name + " " + command.arguments, width) + "  " +
                command.summary + "\n";
    }
    text += "\nEach command explains itself: gatehouse COMMAND --help\n";
    const char* before = "Exit codes: ";
    for (const auto& [code, meaning] : exitMeanings()) {
        text += before + std::to_string(code) + " " + meaning;
        before = ", ";
    }
    return text + "\n";
}

std::string helpText(const Command& command) {
    std::string text =
        "gatehouse " + command.name + (command.arguments.empty() ? "" : " " + command.arguments);
    text += "\n\n" + command.summary + "\n";
    text += command.text.empty() ? "" : "\n" + command.text + "\n";
    text += "\nOptions:\n";
    const auto options = optionsOf(command);
    text += optionLines(options, widthOf(options));
    text += command.example.empty() ? "" : "\nExample:\n  " + command.example + "\n";
    return text;
}

}  // namespace gatehouse
