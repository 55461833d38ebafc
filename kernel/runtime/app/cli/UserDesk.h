// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/point/UserStore.h>

#include "app/cli/Offline.h"

#include <string>
#include <vector>

namespace gatehouse {

/// A person, and the store that knows them.
struct KnownUser {
    Host::Named<UserStore> store;
    User user;
};

/// The people commands work on: those of the issuer's user stores, or of the one that `--store`
/// names. What fails ends with a CommandFailure.
class UserDesk {
public:
    explicit UserDesk(const Arguments& arguments,
                      Offline::Database database = Offline::Database::wanted);

    /// By what they type to sign in, by the store's id or by their `sub`.
    KnownUser find(const std::string& named) const;
    Host::Named<UserStore> named(const std::string& store) const;
    /// The first store that can be changed.
    Host::Named<UserStore> editable() const;
    /// That store, or the first that can be listed.
    Host::Named<UserStore> listable() const;
    static UserEditor& editor(const Host::Named<UserStore>& store);
    static UserLister* lister(const Host::Named<UserStore>& store);

    bool isDisabled(const Host::Named<UserStore>& store, const User& user) const;
    std::string sub(const KnownUser& known) const;
    /// For people and scripts.
    ValueMap described(const KnownUser& known) const;
    /// Keeps a person of a read-only store out, or lets them in again unless the store keeps them
    /// out itself; the person as they are then.
    KnownUser mark(const KnownUser& known, bool isOut) const;
    /// Every session of the person and every token their sites hold ends.
    void endAll(const KnownUser& known) const;

    void audit(const Arguments& arguments, const KnownUser& known) const {
        offline_.audit(arguments, known.user.login);
    }

    const Offline& offline() const noexcept { return offline_; }
    Services& core() const { return offline_.core(); }
    Context context() const { return offline_.context(); }

private:
    using Lookup = Result<std::optional<User>> (UserStore::*)(const Context&,
                                                              std::string_view) const;
    std::optional<KnownUser> ask(Lookup lookup, const std::string& named) const;
    std::optional<KnownUser> findBySub(const std::string& sub) const;
    std::optional<KnownUser> findBySub(const Host::Named<UserStore>& store, const UserLister& all,
                                       const std::string& sub) const;

    Offline offline_;
    std::vector<Host::Named<UserStore>> stores_;
};

}  // namespace gatehouse
