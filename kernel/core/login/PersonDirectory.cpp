// SPDX-License-Identifier: Apache-2.0
#include "login/PersonDirectory.h"

namespace gatehouse {

Result<std::optional<User>> PersonDirectory::find(const Context& context,
                                                  const Subject& subject) const {
    UserStore* known = store(context.issuer, subject.store).plugin;
    if (subject.store.empty() || known == nullptr) {
        return std::optional<User>();
    }
    auto user = known->findById(context, subject.id);
    if (!user || !*user) {
        return user;
    }
    const auto isOut = isDisabled(context, {subject.store, **user});
    if (!isOut) {
        return isOut.error();
    }
    return *isOut ? std::optional<User>() : *std::move(user);
}

Result<bool> PersonDirectory::isDisabled(const Context& context, const FoundUser& person) const {
    UserStore* known = store(context.issuer, person.store).plugin;
    if (person.user.isDisabled || known == nullptr || known->editor() != nullptr) {
        return person.user.isDisabled;
    }
    return keptOut_.contains(context, person.store, person.user.id);
}

std::vector<Host::Named<UserStore>> PersonDirectory::stores(const Issuer& issuer) const {
    std::vector<Host::Named<UserStore>> asked;
    for (const auto& named : stores_) {
        if (issuer.asksUserStore(named.name)) {
            asked.push_back(named);
        }
    }
    return asked;
}

Result<std::optional<FoundUser>> PersonDirectory::findByLogin(const Context& context,
                                                              std::string_view login) const {
    for (const auto& [name, store] : stores(context.issuer)) {
        auto user = store->findByLogin(context, login);
        if (!user) {
            return user.error();
        }
        if (*user) {
            return std::optional(FoundUser{name, **std::move(user)});
        }
    }
    return std::optional<FoundUser>();
}

Result<std::optional<FoundUser>> PersonDirectory::findByPassword(const Context& context,
                                                                 std::string_view login,
                                                                 const Secret& password) const {
    const bool isUsable = !login.empty() && login.size() <= longestLogin && !password.empty() &&
                          password.view().size() <= longestPassword;  // RFC 4513 section 5.1.2
    if (!isUsable) {
        return std::optional<FoundUser>();
    }
    std::optional<Error> failure;
    for (const auto& [name, store] : stores(context.issuer)) {
        auto user = store->checkPassword(context, login, password);
        if (user && *user) {
            return std::optional(FoundUser{name, **std::move(user)});
        }
        if (!user && !failure) {
            failure = user.error();
        }
    }
    return failure ? Result<std::optional<FoundUser>>(*failure) : std::optional<FoundUser>();
}

std::string PersonDirectory::spelling(const Issuer& issuer, std::string_view login) const {
    std::string spellings;
    for (const auto& named : stores(issuer)) {
        spellings.append(named.plugin->spelling(login)).append("\n");
    }
    return spellings;
}

Host::Named<UserStore> PersonDirectory::store(const Issuer& issuer,
                                              std::string_view instance) const {
    for (const auto& named : stores_) {
        if (!issuer.asksUserStore(named.name)) {
            continue;
        }
        if (instance.empty() ? named.plugin->editor() != nullptr : named.name == instance) {
            return named;
        }
    }
    return {{}, nullptr};
}

}  // namespace gatehouse
