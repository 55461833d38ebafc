// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Records.h>
#include <gatehouse/Result.h>
#include <gatehouse/User.h>

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// The records "user_login": by a prepared login the id of who has it. Logins that were stored
/// before they were prepared stand there by their asciiLogin(), and go on being found by it.
/// Threads: any.
class LocalLogins {
public:
    using Keys = std::vector<std::string>;
    static constexpr const char* kind = "user_login";

    explicit LocalLogins(Host& host) : host_(host) {}

    /// What somebody may be found by who types this. The older key first: nobody can take it away
    /// from who has it.
    static Keys keysOf(std::string_view login);
    static bool isFoundBy(std::string_view login, const std::string& key);

    /// Adds to the batch that a user is found by the login of `after` alone, and that nobody else
    /// is. `before` is empty for somebody new. Fault::badInput when it cannot be a login.
    Status give(const Context& context, const User& before, const User& after, Batch& batch) const;
    /// Adds to the batch that the user is not found any more.
    Status take(const Context& context, const User& user, Batch& batch) const;

    /// Have all logins of the issuer been prepared?
    Result<bool> arePrepared(const Context& context) const;
    Status setPrepared(const Context& context) const;
    /// Lets a stored user be found by the prepared login as well; warns when it is somebody else's.
    Status prepare(const Context& context, const User& stored) const;

private:
    Result<Keys> ownKeys(const Context& context, const User& user) const;

    Host& host_;
};

}  // namespace gatehouse
