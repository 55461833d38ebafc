// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

struct Command;

/// What stood behind a command's name.
struct Arguments {
    std::string command;  ///< its name, "client add"
    std::vector<std::string> positional;
    std::map<std::string, std::vector<std::string>, std::less<>> options;  ///< by their full name

    bool has(std::string_view name) const { return options.find(name) != options.end(); }
    /// The last value given; empty when there is none.
    std::string text(std::string_view name) const;
    std::vector<std::string> list(std::string_view name) const;
};

/// A command line that cannot be understood; the text says why.
struct UsageError {
    std::string text;
};

/// Reads what stands behind a command's name. Throws UsageError.
Arguments readArguments(const Command& command, const std::vector<std::string>& words);

}  // namespace gatehouse
