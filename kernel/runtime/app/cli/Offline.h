// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Result.h>

#include "app/cli/Arguments.h"

#include <memory>
#include <string>

namespace gatehouse {

class Services;

/// The configured storage, keys, users and core without a server: what commands work on, also
/// beside one that runs. Works on the issuer that `--issuer` names, or on the only one.
class Offline {
public:
    /// Starts them; prints every problem and ends with a CommandFailure when something is wrong.
    /// Throws UsageError when no issuer, or none of the configuration, is named.
    explicit Offline(const Arguments& arguments);
    ~Offline();
    Offline(const Offline&) = delete;
    Offline& operator=(const Offline&) = delete;

    Services& core() const;
    /// For one call, with a deadline of some seconds from now.
    Context context() const;

private:
    struct Parts;
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
