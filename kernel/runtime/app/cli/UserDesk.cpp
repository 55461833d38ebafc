// SPDX-License-Identifier: Apache-2.0
#include "app/cli/UserDesk.h"

#include "Services.h"
#include "app/cli/Arguments.h"
#include "login/PersonDirectory.h"
#include "login/SessionService.h"
#include "token/FamilyBook.h"

#include <algorithm>
#include <utility>

namespace gatehouse {

namespace {

constexpr std::size_t pageSize = 500;

std::vector<Host::Named<UserStore>> storesOf(const Offline& offline, const std::string& named) {
    auto stores = offline.core().people().stores(offline.context().issuer);
    if (!named.empty()) {
        stores.erase(std::remove_if(stores.begin(), stores.end(),
                                    [&](const auto& store) { return store.name != named; }),
                     stores.end());
    }
    if (stores.empty()) {
        fail(Error::badInput(named.empty() ? "the issuer has no user store"
                                           : "the issuer has no user store \"" + named + "\""));
    }
    return stores;
}

}  // namespace

UserDesk::UserDesk(const Arguments& arguments, Offline::Database database)
    : offline_(arguments, database), stores_(storesOf(offline_, arguments.text("store"))) {}

KnownUser UserDesk::find(const std::string& named) const {
    auto found = ask(&UserStore::findByLogin, named);
    found = found ? found : ask(&UserStore::findById, named);
    found = found ? found : findBySub(named);
    if (!found) {
        fail(Error::badInput("no user \"" + named + "\""));
    }
    return *std::move(found);
}

std::optional<KnownUser> UserDesk::ask(Lookup lookup, const std::string& named) const {
    for (const auto& store : stores_) {
        auto user = valueOrFail((store.plugin->*lookup)(context(), named));
        if (user) {
            user->isDisabled = isDisabled(store, *user);
            return KnownUser{store, *std::move(user)};
        }
    }
    return std::nullopt;
}

/// A `sub` tells nothing of its person: everybody is looked at.
std::optional<KnownUser> UserDesk::findBySub(const std::string& sub) const {
    for (const auto& store : stores_) {
        const UserLister* all = lister(store);
        auto found = all == nullptr ? std::nullopt : findBySub(store, *all, sub);
        if (found) {
            return found;
        }
    }
    return std::nullopt;
}

std::optional<KnownUser> UserDesk::findBySub(const Host::Named<UserStore>& store,
                                             const UserLister& all, const std::string& sub) const {
    std::string after;
    do {
        auto page = valueOrFail(all.list(context(), after, pageSize));
        for (auto& user : page.users) {
            KnownUser known{store, std::move(user)};
            if (this->sub(known) == sub) {
                known.user.isDisabled = isDisabled(store, known.user);
                return known;
            }
        }
        after = page.next;
    } while (!after.empty());
    return std::nullopt;
}

Host::Named<UserStore> UserDesk::named(const std::string& store) const {
    const auto found = std::find_if(stores_.begin(), stores_.end(),
                                    [&](const auto& each) { return each.name == store; });
    if (found == stores_.end()) {
        fail(Error::badInput("the issuer has no user store \"" + store + "\""));
    }
    return *found;
}

Host::Named<UserStore> UserDesk::editable() const {
    const auto found = std::find_if(stores_.begin(), stores_.end(), [](const auto& store) {
        return store.plugin->editor() != nullptr;
    });
    return found == stores_.end() ? stores_.front() : *found;
}

Host::Named<UserStore> UserDesk::listable() const {
    const auto first = editable();
    const auto found = std::find_if(stores_.begin(), stores_.end(),
                                    [](const auto& store) { return lister(store) != nullptr; });
    if (lister(first) == nullptr && found == stores_.end()) {
        fail(Error::badInput("the user store \"" + first.name + "\" cannot be listed"));
    }
    return lister(first) != nullptr ? first : *found;
}

UserEditor& UserDesk::editor(const Host::Named<UserStore>& store) {
    UserEditor* editor = store.plugin->editor();
    if (editor == nullptr) {
        fail(Error::badInput("the user store \"" + store.name + "\" cannot be changed from here"));
    }
    return *editor;
}

UserLister* UserDesk::lister(const Host::Named<UserStore>& store) {
    UserEditor* editor = store.plugin->editor();
    return editor != nullptr ? editor : capabilityOf<UserLister>(*store.plugin);
}

bool UserDesk::isDisabled(const Host::Named<UserStore>& store, const User& user) const {
    return valueOrFail(core().people().isDisabled(context(), {store.name, user}));
}

std::string UserDesk::sub(const KnownUser& known) const {
    return valueOrFail(core().host().subjects().of(context(), known.store.name, known.user.id));
}

ValueMap UserDesk::described(const KnownUser& known) const {
    const User& user = known.user;
    return {{"login", user.login},         {"id", user.id},
            {"store", known.store.name},   {"sub", sub(known)},
            {"disabled", user.isDisabled}, {"needs_new_password", user.needsNewPassword},
            {"claims", user.claims}};
}

KnownUser UserDesk::mark(const KnownUser& known, bool isOut) const {
    const auto& [store, user] = known;
    const auto& marks = core().people().keptOut();
    valueOrFail(isOut ? marks.add(context(), store.name, user.id)
                      : marks.remove(context(), store.name, user.id));
    const auto told = valueOrFail(store.plugin->findById(context(), user.id));
    if (!isOut && told && told->isDisabled) {
        fail(Error::badInput("the user store \"" + store.name + "\" itself keeps \"" + user.login +
                             "\" out: change it there"));
    }
    KnownUser marked = known;
    marked.user.isDisabled = isOut;
    return marked;
}

void UserDesk::endAll(const KnownUser& known) const {
    valueOrFail(core().sessions().endAll(context(), sub(known)));
    valueOrFail(core().families().revokeSubject(context(), sub(known)));
}

}  // namespace gatehouse
