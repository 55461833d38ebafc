// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/UserStore.h>

#include "LocalUsers.h"
#include "passwords/PasswordHasher.h"

#include <cstddef>
#include <functional>
#include <string_view>

namespace gatehouse {

/// Adds, changes and removes local users. Every change is announced to all nodes under the topic
/// "user".
class LocalUserEditor final : public UserEditor {
public:
    LocalUserEditor(Host& host, LocalUsers& users, PasswordHasher& hasher,
                    std::size_t shortestPassword)
        : host_(host), users_(users), hasher_(hasher), shortestPassword_(shortestPassword) {}

    /// An empty password makes a user who cannot log in with one.
    Result<User> add(const Context& context, const User& user, const Secret& password) override;
    Status update(const Context& context, const User& user) override;
    Status setPassword(const Context& context, std::string_view id,
                       const Secret& password) override;
    /// The hash is one that a check takes.
    Status setHash(const Context& context, std::string_view id, const std::string& hash);
    Status remove(const Context& context, std::string_view id) override;
    Result<UserPage> list(const Context& context, std::string_view after,
                          std::size_t limit) const override;

private:
    using Change = std::function<void(LocalUser&)>;
    Status change(const Context& context, std::string_view id, const Change& change);
    Result<LocalUser> existing(const Context& context, std::string_view id) const;
    Status checkPassword(const Secret& password) const;

    Host& host_;
    LocalUsers& users_;
    PasswordHasher& hasher_;
    std::size_t shortestPassword_;
};

}  // namespace gatehouse
