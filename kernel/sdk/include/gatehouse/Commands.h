// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Capability.h>
#include <gatehouse/Context.h>
#include <gatehouse/Result.h>
#include <gatehouse/Value.h>

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// An option of a command.
struct OfferedOption {
    std::string name;  ///< "days"
    std::string value;  ///< what it takes, for the help; empty: nothing
    std::string summary;
};

/// A command that `gatehouse` has while a plugin is installed.
struct OfferedCommand {
    std::string name;  ///< two words: "invitation create"; none of the server's own
    std::string arguments;  ///< "ID"; "[...]" may be left out
    std::string summary;  ///< one line
    std::string text;  ///< what a reader must know beyond that; may be empty
    std::vector<OfferedOption> options;
    std::string example;  ///< may be empty
};

/// What stood behind its name.
struct GivenArguments {
    std::vector<std::string> positional;
    ValueMap options;  ///< each a list of texts, as often as it was given; an empty one for a flag
};

/// What a plugin is as well that brings commands. They work offline, beside a server that runs or
/// without: the plugin is loaded and started with storage, keys, users and core alone.
class Commands {
public:
    static constexpr Capability capability{"commands", 1};
    Commands(const Commands&) = delete;
    Commands& operator=(const Commands&) = delete;
    virtual ~Commands() = default;

    /// Always the same; asked before configure() too.
    virtual std::vector<OfferedCommand> commands() const = 0;
    /// Runs one at the issuer of the context, after start(). A list of objects is printed as a
    /// table; an object as its members, and then the audit trail has the command, on its `id`.
    /// The error's detail is what is printed.
    virtual Result<Value> run(const Context&, std::string_view name,
                              const GivenArguments& arguments) = 0;

private:
    template <class P, class... C> friend class With;
    Commands() = default;
};

}  // namespace gatehouse
