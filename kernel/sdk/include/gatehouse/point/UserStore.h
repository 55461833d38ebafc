// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Capability.h>
#include <gatehouse/Context.h>
#include <gatehouse/Plugin.h>
#include <gatehouse/Result.h>
#include <gatehouse/Secret.h>
#include <gatehouse/User.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

struct UserPage {
    std::vector<User> users;
    std::string next;  ///< give as `after` to go on; empty at the end
};

class UserEditor;

/// Tells who there is. An editor is one; a read-only store that can tell is
/// `With<UserStore, UserLister>`.
class UserLister {
public:
    static constexpr Capability capability{"user_store.list", 1};
    UserLister(const UserLister&) = delete;
    UserLister& operator=(const UserLister&) = delete;
    virtual ~UserLister() = default;
    /// In an order that stays; those after `after`.
    virtual Result<UserPage> list(const Context&, std::string_view after,
                                  std::size_t limit) const = 0;

private:
    template <class P, class... C> friend class With;
    friend class UserEditor;
    UserLister() = default;
};

/// Changes users. A login that is taken and an unknown id are Fault::badInput.
class UserEditor : public UserLister {
public:
    /// `user.id` is ignored; the stored user, with its new id, is returned.
    virtual Result<User> add(const Context&, const User& user, const Secret& password) = 0;
    /// Replaces everything else of the user with this id.
    virtual Status update(const Context&, const User& user) = 0;
    /// Afterwards the user needs no new one. Fault::badInput when it cannot be a password.
    virtual Status setPassword(const Context&, std::string_view id, const Secret& password) = 0;
    virtual Status remove(const Context&, std::string_view id) = 0;
};

/// Who the users are. Asked in the order of the configuration until one answers.
class UserStore : public Plugin {
public:
    static constexpr Point point{"user_store", 1, Cardinality::ordered};
    /// nullopt: nobody of that login. Any bytes may come; they are data, never syntax.
    virtual Result<std::optional<User>> findByLogin(const Context&,
                                                    std::string_view login) const = 0;
    virtual Result<std::optional<User>> findById(const Context&, std::string_view id) const = 0;
    /// What all logins have in common that would find the same person, whether there is one or not:
    /// in small letters, say, where case does not count. Guesses at a name that nobody has are
    /// counted by it, so that being slowed down tells nobody who exists.
    virtual std::string spelling(std::string_view login) const { return std::string(login); }
    /// The user, when the password is right and the user enabled. Unknown user, disabled user and
    /// wrong password are one answer (nullopt) and take the same time. An empty password is always
    /// refused.
    virtual Result<std::optional<User>> checkPassword(const Context&, std::string_view login,
                                                      const Secret& password) const = 0;
    /// nullptr: read-only. Owned by the store.
    virtual UserEditor* editor() noexcept { return nullptr; }
};

}  // namespace gatehouse
