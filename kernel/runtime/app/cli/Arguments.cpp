// SPDX-License-Identifier: Apache-2.0
#include "app/cli/Arguments.h"

#include "app/cli/Options.h"
#include "text/Suggest.h"

#include <Poco/Util/Option.h>
#include <Poco/Util/OptionException.h>
#include <Poco/Util/OptionProcessor.h>
#include <Poco/Util/OptionSet.h>

#include <algorithm>
#include <utility>

namespace gatehouse {

namespace {

struct Bounds {
    std::size_t least = 0;
    std::size_t most = 0;
};

Bounds boundsOf(std::string_view arguments) {
    Bounds bounds;
    while (!arguments.empty()) {
        const auto end = std::min(arguments.find(' '), arguments.size());
        bounds.most += 1;
        bounds.least += arguments.front() == '[' ? 0 : 1;
        arguments.remove_prefix(std::min(end + 1, arguments.size()));
    }
    return bounds;
}

/// As Poco::Util wants them; each may be given more than once.
Poco::Util::OptionSet optionSetOf(const std::vector<CommandOption>& options) {
    Poco::Util::OptionSet set;
    for (const auto& option : options) {
        Poco::Util::Option known(option.name, "");
        known.repeatable(true);
        if (!option.value.empty()) {
            known.argument(option.value);
        }
        set.addOption(known);
    }
    return set;
}

class Reader {
public:
    explicit Reader(const Command& command) : command_(command) { processor_.setUnixStyle(true); }

    Arguments read(const std::vector<std::string>& words) {
        for (const auto& word : words) {
            if (isOption(word)) {
                option(word);
            } else {
                arguments_.positional.push_back(word);
            }
        }
        if (awaiting_ != nullptr) {
            throw UsageError{"--" + awaiting_->name + " needs a value: " + usage(*awaiting_)};
        }
        checkCount();
        return std::move(arguments_);
    }

private:
    /// One dash alone begins no option of ours.
    bool isOption(const std::string& word) {
        return awaiting_ != nullptr || (!isRest_ && word.rfind("--", 0) == 0);
    }

    void option(const std::string& word) {
        if (awaiting_ == nullptr && word == "--") {
            isRest_ = true;
            return;
        }
        const CommandOption& known = awaiting_ != nullptr ? *awaiting_ : find(word);
        std::string name;
        std::string value;
        try {
            processor_.process(word, name, value);
        } catch (const Poco::Util::UnexpectedArgumentException&) {
            throw UsageError{"--" + known.name + " takes no value"};
        }
        awaiting_ = name.empty() ? &known : nullptr;
        if (awaiting_ == nullptr) {
            keep(known, std::move(value));
        }
    }

    void keep(const CommandOption& known, std::string value) {
        // Such is a script whose variable is not set; taking another file would be worse.
        if (known.value == "FILE" && value.empty()) {
            throw UsageError{"--" + known.name + " names no file: " + usage(known)};
        }
        auto& values = arguments_.options[known.name];
        if (!known.value.empty()) {
            values.push_back(std::move(value));
        }
    }

    static std::string usage(const CommandOption& option) {
        return "--" + option.name + " " + option.value;
    }

    /// By its whole name: Poco would take the beginning of one, in any case, and a colon for "=".
    const CommandOption& find(const std::string& word) const {
        const std::string name = word.substr(2, word.find('=') - 2);
        std::vector<std::string> names;
        for (const auto& known : options_) {
            if (known.name == name) {
                return known;
            }
            names.push_back(known.name);
        }
        const std::string near = closest(name, names);
        throw UsageError{"unknown option --" + name +
                         (near.empty() ? "" : "; did you mean --" + near + "?")};
    }

    void checkCount() const {
        const Bounds bounds = boundsOf(command_.arguments);
        if (arguments_.has("help")) {
            return;
        }
        if (arguments_.positional.size() < bounds.least) {
            throw UsageError{"something is missing: gatehouse " + command_.name + " " +
                             command_.arguments};
        }
        if (arguments_.positional.size() > bounds.most) {
            throw UsageError{"\"" + arguments_.positional[bounds.most] +
                             "\" is one argument too many"};
        }
    }

    const Command& command_;
    const std::vector<CommandOption> options_ = optionsOf(command_);
    const Poco::Util::OptionSet set_ = optionSetOf(options_);
    Poco::Util::OptionProcessor processor_{set_};
    const CommandOption* awaiting_ = nullptr;  ///< the one whose value is the next word
    bool isRest_ = false;  ///< "--" was read: no options any more
    Arguments arguments_;
};

}  // namespace

std::string Arguments::text(std::string_view name) const {
    const auto found = options.find(name);
    return found == options.end() || found->second.empty() ? std::string() : found->second.back();
}

std::vector<std::string> Arguments::list(std::string_view name) const {
    const auto found = options.find(name);
    return found == options.end() ? std::vector<std::string>() : found->second;
}

Arguments readArguments(const Command& command, const std::vector<std::string>& words) {
    auto arguments = Reader(command).read(words);
    arguments.command = command.name;
    return arguments;
}

}  // namespace gatehouse
