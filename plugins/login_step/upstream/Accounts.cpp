// SPDX-License-Identifier: Apache-2.0
#include "Accounts.h"

#include "json/Members.h"
#include "text/Base64Url.h"
#include "text/Hex.h"
#include "text/Lower.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace gatehouse {

namespace {

constexpr std::size_t passwordSize = 32;
constexpr std::size_t suffixSize = 4;
constexpr std::size_t longestLogin = 60;

Accounts::Found refused(std::string_view text) {
    Accounts::Found found;
    found.problem = text;
    return found;
}

/// What looks like an address would be taken for one that is theirs; and no login has blanks.
std::string plainLogin(std::string_view text) {
    std::string login(text.substr(0, text.find('@')));
    const bool isGood = login.size() <= longestLogin && login.find(' ') == std::string::npos;
    return isGood ? login : std::string();
}

}  // namespace

Accounts::Accounts(Host& host, const UpstreamSettings& settings, Most most)
    : host_(host), settings_(settings), most_(most), quota_(host, most.window),
      links_(host, settings.isOpenId() ? settings.issuer : settings.given.tokenEndpoint) {}

void Accounts::start() {
    people_ = &host_.one<People>();
    stores_ = host_.all<UserStore>();
}

Result<Accounts::Found> Accounts::find(const Context& context, const UpstreamPerson& person,
                                       const LoginState& state) const {
    const auto link = links_.find(context, person.sub);
    if (!link) {
        return link.error();
    }
    if (!*link) {
        return newcomer(context, person, state, {});
    }
    return (*link)->store.empty() ? refused("upstream.twice")
                                  : linked(context, person, state, **link);
}

Result<std::string> Accounts::subOf(const Context& context, std::string_view upstreamSub) const {
    const auto link = links_.find(context, upstreamSub);
    if (!link) {
        return link.error();
    }
    const bool isThere = *link && !(*link)->store.empty();
    return isThere ? host_.subjects().of(context, (*link)->store, (*link)->id)
                   : Result<std::string>(std::string());
}

/// Who was removed here is a newcomer again; who is disabled stays out.
Result<Accounts::Found> Accounts::linked(const Context& context, const UpstreamPerson& person,
                                         const LoginState& state, const AccountLink& link) const {
    const auto user = people_->find(context, Subject::person(link.store, link.id));
    if (!user) {
        return user.error();
    }
    if (!*user) {
        const auto gone = isGone(context, link);
        if (!gone) {
            return gone.error();
        }
        return *gone ? newcomer(context, person, state, link) : refused("upstream.refused");
    }
    Found found;
    found.person = FoundUser{link.store, **user};
    if (link.isMade) {
        refresh(context, person, *found.person);
    }
    return found;
}

Result<bool> Accounts::isGone(const Context& context, const AccountLink& link) const {
    const auto store = std::find_if(stores_.begin(), stores_.end(),
                                    [&](const auto& each) { return each.name == link.store; });
    if (store == stores_.end() || !context.issuer.asksUserStore(link.store)) {
        return false;
    }
    const auto user = store->plugin->findById(context, link.id);
    return user ? Result<bool>(!*user) : user.error();
}

/// Nothing that is told here says whether somebody has an address which the newcomer has not proved
/// to be theirs.
Result<Accounts::Found> Accounts::newcomer(const Context& context, const UpstreamPerson& person,
                                           const LoginState& state, const Link& before) const {
    auto local = localOf(context, person);
    if (!local) {
        return local.error();
    }
    if (*local) {
        return take(context, person, state, before, **std::move(local));
    }
    if (settings_.createsAccounts && editable(context.issuer) != nullptr) {
        return make(context, person, state, before);
    }
    const bool lacksProof = settings_.link == LinkRule::verifiedEmail && !isVerified(person);
    return refused(lacksProof ? "upstream.unverified" : "upstream.no_account");
}

Result<std::optional<FoundUser>> Accounts::localOf(const Context& context,
                                                   const UpstreamPerson& person) const {
    using Local = std::optional<FoundUser>;
    const bool byLogin = settings_.link == LinkRule::sameLogin && !person.login.empty();
    const bool byEmail = settings_.link == LinkRule::verifiedEmail && isVerified(person);
    return byLogin   ? people_->findByLogin(context, person.login)
           : byEmail ? people_->findByLogin(context, person.email)
                     : Result<Local>(Local());
}

bool Accounts::isVerified(const UpstreamPerson& person) const {
    return settings_.trustsEmail && person.isEmailVerified;
}

/// Why somebody does not take this account; empty: they do. Its owner must have proved the same
/// address here. One that goes with somebody there is theirs, whoever has got their address since.
Result<std::string_view> Accounts::obstacle(const Context& context, const UpstreamPerson& person,
                                            const FoundUser& local) const {
    const auto& claims = local.user.claims;
    const bool isProved =
        isTrue(claims, "email_verified") && lowered(claims.text("email")) == lowered(person.email);
    if (settings_.link == LinkRule::verifiedEmail && !isProved) {
        return std::string_view("upstream.not_linked");
    }
    const auto user = people_->find(context, Subject::person(local.store, local.user.id));
    if (!user) {
        return user.error();
    }
    if (!*user) {
        return std::string_view("upstream.refused");
    }
    const auto isTaken = links_.isTaken(context, local);
    if (!isTaken) {
        return isTaken.error();
    }
    return std::string_view(*isTaken ? "upstream.taken" : "");
}

Result<Accounts::Found> Accounts::take(const Context& context, const UpstreamPerson& person,
                                       const LoginState& state, const Link& before,
                                       FoundUser local) const {
    const auto problem = obstacle(context, person, local);
    if (!problem) {
        return problem.error();
    }
    if (!problem->empty()) {
        return refused(*problem);
    }
    const auto isPut =
        links_.put(context, person.sub, before, {local.store, local.user.id, false, 0});
    if (!isPut) {
        return isPut.error();
    }
    if (!*isPut) {
        return refused("upstream.twice");
    }
    tell(context, "upstream.linked", state, local);
    Found found;
    found.person = std::move(local);
    return found;
}

/// Of those who come at once one makes the account: first the link says that it is being made.
Result<Accounts::Found> Accounts::make(const Context& context, const UpstreamPerson& person,
                                       const LoginState& state, const Link& before) const {
    const auto may = mayMake(context, state);
    if (!may) {
        return may.error();
    }
    Found found;
    if (!*may) {
        found.wait = most_.window;
        return found;
    }
    const auto isOurs = links_.put(context, person.sub, before, {});
    if (!isOurs) {
        return isOurs.error();
    }
    if (!*isOurs) {
        return refused("upstream.twice");
    }
    auto added = add(context, person);
    if (!added) {
        (void)links_.giveUp(context, person.sub);
        return added.error();
    }
    const auto making = links_.find(context, person.sub);
    const auto isPut = making && *making ? links_.put(context, person.sub, *making,
                                                      {added->store, added->user.id, true, 0})
                                         : Result<bool>(false);
    if (!isPut || !*isPut) {
        return Error::unavailable("an account was made, and its link could not be kept");
    }
    tell(context, "user.created", state, *added);
    found.person = *std::move(added);
    return found;
}

Result<bool> Accounts::mayMake(const Context& context, const LoginState& state) const {
    const auto counted = [&](const std::string& key, std::int64_t most) {
        return quota_.count(context, std::string(host_.instance()) + " " + key, most);
    };
    const auto may =
        counted("address " + WindowQuota::networkOf(state.remoteAddress), most_.perAddress);
    return may && *may ? counted("all", most_.inAll) : may;
}

Result<FoundUser> Accounts::add(const Context& context, const UpstreamPerson& person) const {
    User user;
    user.claims = claimsOf(person);
    for (auto& login : loginsFor(person)) {
        user.login = std::move(login);
        auto added = tryToAdd(context, user);
        if (!added) {
            return added.error();
        }
        if (*added) {
            return **std::move(added);
        }
    }
    return Error::internal("no user store takes any login for a newcomer");
}

/// nullopt: somebody has the login, or the store does not take it.
Result<std::optional<FoundUser>> Accounts::tryToAdd(const Context& context,
                                                    const User& user) const {
    const auto known = people_->findByLogin(context, user.login);
    if (!known) {
        return known.error();
    }
    if (*known) {
        return std::optional<FoundUser>();
    }
    const auto* store = editable(context.issuer);
    const Secret password(base64url(host_.random().bytes(passwordSize)));
    auto added = store->plugin->editor()->add(context, user, password);
    if (!added) {
        return added.error().fault == Fault::badInput
                   ? Result<std::optional<FoundUser>>(std::optional<FoundUser>())
                   : added.error();
    }
    return std::optional(FoundUser{store->name, *std::move(added)});
}

std::vector<std::string> Accounts::loginsFor(const UpstreamPerson& person) const {
    const auto suffix = "-" + hex(host_.random().bytes(suffixSize));
    auto login = plainLogin(person.login.empty() ? person.email : person.login);
    if (isVerified(person) && lowered(person.login) == lowered(person.email)) {
        login = person.email;
    }
    if (login.empty()) {
        return {"user" + suffix};
    }
    return {login, plainLogin(login) + "-2", plainLogin(login) + "-3", plainLogin(login) + suffix,
            "user" + suffix};
}

ValueMap Accounts::claimsOf(const UpstreamPerson& person) const {
    ValueMap claims;
    if (!person.name.empty()) {
        claims.set("name", person.name);
    }
    if (!person.email.empty()) {
        claims.set("email", person.email);
        claims.set("email_verified", isVerified(person));
    }
    return claims;
}

/// An account that was made for the link says what the provider says.
void Accounts::refresh(const Context& context, const UpstreamPerson& person,
                       FoundUser& known) const {
    User user = known.user;
    for (const auto& [name, value] : claimsOf(person)) {
        user.claims.set(name, value);
    }
    UserEditor* editor = people_->editor(context.issuer, known.store);
    if (user.claims == known.user.claims || editor == nullptr) {
        return;
    }
    if (const auto changed = editor->update(context, user); !changed) {
        host_.log().write(context, Level::warning,
                          "claims of a person could not be renewed: " + changed.error().detail);
        return;
    }
    known.user = std::move(user);
}

const Host::Named<UserStore>* Accounts::editable(const Issuer& issuer) const {
    const auto store = std::find_if(stores_.begin(), stores_.end(), [&](const auto& each) {
        return issuer.asksUserStore(each.name) && each.plugin->editor() != nullptr;
    });
    return store == stores_.end() ? nullptr : &*store;
}

void Accounts::tell(const Context& context, std::string_view type, const LoginState& state,
                    const FoundUser& person) const {
    const auto sub = host_.subjects().of(context, person.store, person.user.id);
    Event event;
    event.type = type;
    event.clientId = state.clientId;
    event.subject = sub ? *sub : std::string{};
    event.remoteAddress = state.remoteAddress;
    event.details = {{"login", person.user.login},
                     {"store", person.store},
                     {"step", std::string(host_.instance())}};
    host_.events().publish(context, std::move(event));
}

}  // namespace gatehouse
