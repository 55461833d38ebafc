// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Records.h>
#include <gatehouse/Result.h>
#include <gatehouse/User.h>

#include "LocalLogins.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// A user as stored.
struct LocalUser {
    User user;
    std::string password;  ///< PHC string; empty: cannot log in with a password
    TimePoint created{};
    TimePoint updated{};
    std::uint64_t version = 0;  ///< of the record
};

/// An id that nobody has.
std::string newUserId(Random& random);

/// User::claims never holds null or "".
ValueMap withoutEmpty(const ValueMap& claims);

struct LocalUserPage {
    std::vector<LocalUser> users;
    std::string next;
};

/// The users' records: "user" by id, and those of their logins, which keep them unique. Threads:
/// any.
class LocalUsers {
public:
    explicit LocalUsers(Host& host) : host_(host), logins_(host) {}

    Result<std::optional<LocalUser>> find(const Context& context, std::string_view id) const;
    Result<std::optional<LocalUser>> findByLogin(const Context& context,
                                                 std::string_view login) const;
    Result<LocalUserPage> list(const Context& context, std::string_view after,
                               std::size_t limit) const;

    /// Fault::badInput when the login cannot be one or is taken.
    Status insert(const Context& context, const LocalUser& added);
    /// All of them or nobody: false when one of them is somebody who is there.
    Result<bool> insertAll(const Context& context, const std::vector<LocalUser>& added);
    /// Replaces `before`. Fault::badInput as above; false when somebody else changed the user
    /// meanwhile.
    Result<bool> replace(const Context& context, const LocalUser& before, const LocalUser& after);
    /// Keeps a new hash of the same password; nobody is told. False when the user was changed
    /// meanwhile.
    Result<bool> keepRehashed(const Context& context, const LocalUser& rehashed);
    Result<bool> erase(const Context& context, const LocalUser& user);

private:
    Result<std::optional<LocalUser>> findByKey(const Context& context,
                                               const std::string& key) const;
    Status giveLogin(const Context& context, const User& before, const User& after,
                     Batch& batch) const;
    Status prepareLogins(const Context& context) const;
    Result<bool> apply(const Context& context, Batch batch);
    Notice notice(const Context& context, const std::string& id) const;

    Host& host_;
    LocalLogins logins_;
};

}  // namespace gatehouse
