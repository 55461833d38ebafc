// SPDX-License-Identifier: Apache-2.0
#include "app/cli/Completion.h"

#include "app/cli/Options.h"

#include <map>
#include <string_view>

namespace gatehouse {

namespace {

struct Word {
    std::string text;
    std::string summary;  ///< empty: the first of several commands
    std::vector<Word> next;  ///< "add" after "client"
};

/// Commands by their first words.
std::vector<Word> wordsOf(const std::vector<Command>& commands) {
    std::vector<Word> words;
    for (const auto& command : commands) {
        const auto space = command.name.find(' ');
        const std::string first = command.name.substr(0, space);
        if (words.empty() || words.back().text != first) {
            words.push_back({first, "", {}});
        }
        if (space != std::string::npos) {
            words.back().next.push_back({command.name.substr(space + 1), command.summary, {}});
        } else {
            words.back().summary = command.summary;
        }
    }
    return words;
}

std::string joinedBy(const std::string& separator, const std::vector<Word>& words) {
    std::string all;
    for (const auto& word : words) {
        all += (all.empty() ? "" : separator) + word.text;
    }
    return all;
}

/// With a backslash before what is special.
std::string escaped(const std::string& text, std::string_view special) {
    std::string result;
    for (const char c : text) {
        result += (special.find(c) != std::string_view::npos ? "\\" : "") + std::string(1, c);
    }
    return result;
}

/// For words that several commands begin with: those.
std::string summaryOf(const Word& word) {
    return word.summary.empty() ? joinedBy(", ", word.next) : word.summary;
}

/// The command that is called as this group is, "plugins" beside "plugins new"; nullptr: none.
const Command* namesakeOf(const Word& word, const std::vector<Command>& commands) {
    for (const auto& command : commands) {
        if (!word.next.empty() && command.name == word.text) {
            return &command;
        }
    }
    return nullptr;
}

/// In bash and zsh, between apostrophes.
std::string quoted(const std::string& text) {
    std::string result = "'";
    for (const char c : text) {
        result += c == '\'' ? "'\\''" : std::string(1, c);
    }
    return result + "'";
}

/// What "$position $first $second" is, when this command's options may follow.
std::string patternOf(const Command& command) {
    const bool isTwoWords = command.name.find(' ') != std::string::npos;
    return isTwoWords ? "*" + quoted(" " + command.name)
                      : "*" + quoted(" " + command.name + " ") + "*";
}

std::string bashOptions(const Command& command) {
    std::string all;
    for (const auto& option : optionsOf(command)) {
        all += (all.empty() ? "--" : " --") + option.name;
    }
    return all;
}

/// What may follow an option that takes a value: its choices, or nothing of ours.
std::string bashValues(const std::vector<Command>& commands) {
    std::map<std::string, std::string> values;
    for (const auto& command : commands) {
        for (const auto& option : optionsOf(command)) {
            if (!option.value.empty()) {
                values["--" + option.name] = option.choices;
            }
        }
    }
    std::string cases;
    for (const auto& [option, words] : values) {
        cases += "        " + option + ") " +
                 (words.empty() ? "return" : "words=" + quoted(words)) + " ;;\n";
    }
    return cases;
}

/// For _describe, where a colon ends the word.
std::string zshWords(const std::vector<Word>& words) {
    std::string all;
    for (const auto& word : words) {
        all += " " + quoted(word.text + ":" + escaped(summaryOf(word), ":\\"));
    }
    return "local -a choices=(" + all + " ); _describe command choices ;;\n";
}

std::string zshValues(const CommandOption& option) {
    if (option.value == "FILE") {
        return "_files";
    }
    return option.choices.empty() ? "" : "(" + option.choices + ")";
}

std::string zshArguments(const Command& command) {
    const bool isTwoWords = command.name.find(' ') != std::string::npos;
    std::string all = isTwoWords ? "shift 2 words; ((CURRENT -= 2)); _arguments"
                                 : "shift words; ((CURRENT--)); _arguments";
    for (const auto& option : optionsOf(command)) {
        std::string text = "*--" + option.name + "[" + escaped(option.summary, "[]\\") + "]";
        if (!option.value.empty()) {
            text += ":" + escaped(option.value, ":\\") + ":" + zshValues(option);
        }
        all += " " + quoted(text);
    }
    return all + (command.arguments == "FILE" ? " ':FILE:_files'" : "") + " ;;\n";
}

std::string fishLine(const std::string& condition, const std::string& what,
                     const std::string& summary) {
    return "complete -c gatehouse -n '" + condition + "' " + what + " -d '" +
           escaped(summary, "'\\") + "'\n";
}

std::string fishOption(const CommandOption& option) {
    const char* takes = option.value.empty() ? "" : option.value == "FILE" ? " -rF" : " -x";
    const auto offers = option.choices.empty() ? "" : " -a " + quoted(option.choices);
    return "-l " + option.name + takes + offers;
}

}  // namespace

std::string bashCompletion(const std::vector<Command>& commands) {
    const auto words = wordsOf(commands);
    std::string cases = "        '1 '*) words=" + quoted(joinedBy(" ", words)) + " ;;\n";
    for (const auto& word : words) {
        if (const auto* command = namesakeOf(word, commands)) {
            cases += "        " + quoted("2 " + word.text + " -") +
                     "*) words=" + quoted(bashOptions(*command)) + " ;;\n";
        }
        if (!word.next.empty()) {
            cases += "        " + quoted("2 " + word.text + " ") +
                     "*) words=" + quoted(joinedBy(" ", word.next)) + " ;;\n";
        }
    }
    for (const auto& command : commands) {
        cases +=
            "        " + patternOf(command) + ") words=" + quoted(bashOptions(command)) + " ;;\n";
    }
    return "# bash completion for gatehouse\n"
           "_gatehouse() {\n"
           "    local words=\n"
           "    COMPREPLY=()\n"
           "    case ${COMP_WORDS[COMP_CWORD - 1]} in\n" +
           bashValues(commands) +
           "    esac\n"
           "    [[ $words ]] || case \"$COMP_CWORD ${COMP_WORDS[1]} ${COMP_WORDS[2]:-}\" in\n" +
           cases +
           "    esac\n"
           "    mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"${COMP_WORDS[COMP_CWORD]}\")\n"
           "}\n"
           "complete -o default -F _gatehouse gatehouse gatehouse-admin\n";
}

std::string zshCompletion(const std::vector<Command>& commands) {
    const auto words = wordsOf(commands);
    std::string cases = "        '2 '*) " + zshWords(words);
    for (const auto& word : words) {
        if (const auto* command = namesakeOf(word, commands)) {
            cases += "        " + quoted("3 " + word.text + " -") + "*) " + zshArguments(*command);
        }
        if (!word.next.empty()) {
            cases += "        " + quoted("3 " + word.text + " ") + "*) " + zshWords(word.next);
        }
    }
    for (const auto& command : commands) {
        cases += "        " + patternOf(command) + ") " + zshArguments(command);
    }
    return "#compdef gatehouse gatehouse-admin\n"
           "_gatehouse() {\n"
           "    case \"$CURRENT $words[2] $words[3]\" in\n" +
           cases +
           "    esac\n"
           "}\n"
           "_gatehouse \"$@\"\n";
}

std::string fishCompletion(const std::vector<Command>& commands) {
    std::string text = "# fish completion for gatehouse\ncomplete -c gatehouse -f\n"
                       "complete -c gatehouse-admin -w gatehouse\n";
    for (const auto& word : wordsOf(commands)) {
        text += fishLine("__fish_use_subcommand", "-a " + word.text, summaryOf(word));
        for (const auto& next : word.next) {
            text +=
                fishLine("__fish_seen_subcommand_from " + word.text +
                             "; and not __fish_seen_subcommand_from " + joinedBy(" ", word.next),
                         "-a " + next.text, next.summary);
        }
    }
    for (const auto& command : commands) {
        std::string condition = "__fish_seen_subcommand_from " + command.name;
        const auto space = condition.find(' ', condition.find(' ') + 1);
        if (space != std::string::npos) {
            condition.replace(space, 1, "; and __fish_seen_subcommand_from ");
        }
        for (const auto& option : optionsOf(command)) {
            text += fishLine(condition, fishOption(option), option.summary);
        }
        if (command.arguments == "FILE") {
            text += fishLine(condition, "-F", command.summary);
        }
    }
    return text;
}

}  // namespace gatehouse
