// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Result.h>
#include <gatehouse/Secret.h>

#include "app/cli/Arguments.h"
#include "login/LoginPlan.h"

#include <memory>
#include <string>

namespace gatehouse {

class Commands;
class JobBook;
class Services;

/// The configured storage, keys, users and core without a server: what commands work on, also
/// beside one that runs. Works on the issuer that `--issuer` names, or on the only one.
class Offline {
public:
    /// May the command be the first to use a database, as the server's first start is?
    enum class Database { wanted, begun };
    /// For a command that is about no issuer: the first one stands for all.
    enum class Whole { deployment };
    /// For a command that needs what the others do without.
    enum class Also { loginSteps };

    /// Starts them; prints every problem and ends with a CommandFailure when something is wrong:
    /// also when the root secret or the issuer's number is not that of the storage. Throws
    /// UsageError when no issuer, or none of the configuration, is named.
    explicit Offline(const Arguments& arguments, Database database = Database::wanted);
    Offline(const Arguments& arguments, Whole whole);
    Offline(const Arguments& arguments, Database database, Also also);
    /// With a plugin or module that brings commands, "module.door".
    Offline(const Arguments& arguments, std::string plugin);
    ~Offline();
    Offline(const Offline&) = delete;
    Offline& operator=(const Offline&) = delete;

    /// Ends with a CommandFailure unless a server of this configuration could start on the database
    /// of another URL.
    static void requireUsable(const Arguments& arguments, const std::string& databaseUrl);

    /// Leaves an audit event: who ran this command, and on what; its options by name alone. After
    /// the change; ends with a CommandFailure when it cannot be kept.
    void audit(const Arguments& arguments, const std::string& target) const;

    Services& core() const;
    JobBook& jobs() const;
    const LoginPlan& loginPlan() const;
    /// Those of the plugin that was named. Ends with a CommandFailure when it is not configured.
    Commands& commands() const;
    /// For one call, with a deadline of some seconds from now.
    Context context() const;
    /// Of the access tokens that the issuer signs with HS256.
    Secret hs256Key() const;

private:
    struct Parts;

    void start(Database database);

    std::unique_ptr<Parts> parts_;
};

/// A command that ends early: `text` is printed after the command's name, when there is any.
struct CommandFailure {
    int exitCode;
    std::string text;
};

/// The value, or a CommandFailure with the exit code that fits the error.
[[noreturn]] void fail(const Error& error);

template <class T> T valueOrFail(Result<T> result) {
    if (!result) {
        fail(result.error());
    }
    return *std::move(result);
}

}  // namespace gatehouse
