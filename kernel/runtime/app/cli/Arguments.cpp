// SPDX-License-Identifier: Apache-2.0
#include "app/cli/Arguments.h"

#include "app/cli/Command.h"
#include "text/Suggest.h"

#include <algorithm>
#include <optional>

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

class Reader {
public:
    Reader(const Command& command, const std::vector<std::string>& words)
        : command_(command), words_(words) {}

    Arguments read() {
        while (next_ < words_.size()) {
            const std::string& word = words_[next_++];
            if (word == "--") {
                rest();
            } else if (word.rfind("--", 0) == 0) {
                option(word.substr(2));
            } else {
                arguments_.positional.push_back(word);
            }
        }
        checkCount();
        return std::move(arguments_);
    }

private:
    void rest() {
        while (next_ < words_.size()) {
            arguments_.positional.push_back(words_[next_++]);
        }
    }

    void option(const std::string& text) {
        const auto equals = text.find('=');
        const std::string name = text.substr(0, equals);
        const CommandOption& known = find(name);
        auto& values = arguments_.options[name];
        if (known.value.empty()) {
            if (equals != std::string::npos) {
                throw UsageError{"--" + name + " takes no value"};
            }
            return;
        }
        if (equals != std::string::npos) {
            values.push_back(text.substr(equals + 1));
        } else if (next_ < words_.size()) {
            values.push_back(words_[next_++]);
        } else {
            throw UsageError{"--" + name + " needs a value: --" + name + " " + known.value};
        }
        // Such is a script whose variable is not set; taking another file would be worse.
        if (known.value == "FILE" && values.back().empty()) {
            throw UsageError{"--" + name + " names no file: --" + name + " " + known.value};
        }
    }

    const CommandOption& find(const std::string& name) const {
        std::vector<std::string> names;
        for (const auto* options : {&command_.options, &commonOptions()}) {
            for (const auto& known : *options) {
                if (known.name == name) {
                    return known;
                }
                names.push_back(known.name);
            }
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
    const std::vector<std::string>& words_;
    std::size_t next_ = 0;
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
    return Reader(command, words).read();
}

}  // namespace gatehouse
