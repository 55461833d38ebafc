// SPDX-License-Identifier: Apache-2.0
#include "app/cli/ImportRun.h"

#include <gatehouse/point/UserStore.h>

#include "Services.h"
#include "app/cli/ImportedClaims.h"
#include "app/cli/Output.h"
#include "client/ClientDirectory.h"
#include "client/ClientEditor.h"
#include "client/ClientMetadata.h"
#include "client/ClientSecrets.h"
#include "client/RedirectUri.h"
#include "json/Json.h"
#include "json/Members.h"
#include "login/PersonDirectory.h"
#include "text/Base64Url.h"

#include <utility>

namespace gatehouse {

namespace {

constexpr std::size_t batchSize = 200;

std::size_t hashOf(std::string_view what, std::string_view text) {
    return std::hash<std::string>()(std::string(what).append(text));
}

/// A refusal is reported, and any other failure ends the run.
bool isRefusal(const Error& error) {
    return error.fault == Fault::badInput || error.fault == Fault::notAllowed;
}

/// An id for somebody who has none and whose key is kept by it: the same each time, so that a run
/// that goes on finds the key of one that was killed.
std::string idFor(Host& host, const std::string& store, const std::string& login,
                  const ForeignTotpKey& key) {
    constexpr std::size_t size = 18;  // not as long as the server's own
    const auto about = toJson(ValueList{store, login, base64url(key.secret.view())});
    return idOfSubject(base64url(host.crypto().mac("imported", about).substr(0, size)));
}

bool isSame(Host& host, const Client& known, const Client& wanted, const Secret& secret) {
    return clientMetadata(known) == clientMetadata(wanted) &&
           known.isDisabled == wanted.isDisabled &&
           (secret.empty() || isClientSecret(host, known, secret));
}

}  // namespace

ImportRun::ImportRun(const Offline& offline, ImportWish wish, ImportReport& report,
                     std::function<void(std::size_t)> onward)
    : offline_(offline), wish_(std::move(wish)), report_(report), onward_(std::move(onward)),
      keys_(offline.core().host(), offline.loginPlan()) {
    for (const auto& named : offline.core().people().stores(offline.context().issuer)) {
        auto* taking = capabilityOf<TakesPeople>(*named.plugin);
        if (taking != nullptr && taking_ == nullptr &&
            (wish_.store.empty() || named.name == wish_.store)) {
            store_ = named.plugin;
            storeName_ = named.name;
            taking_ = taking;
        }
    }
}

Status ImportRun::add(ForeignPerson person) {
    if (taking_ == nullptr) {
        return Error::badInput("holds people, and the issuer has no user store" +
                               (wish_.store.empty() ? "" : " \"" + wish_.store + "\"") +
                               " that takes them in; user_store.local is one");
    }
    ++people_;
    const auto keys = person.totpKeys.size();
    keys_.choose(person);
    if (isLeft(person)) {
        return done();
    }
    std::vector<std::string> without;
    auto& user = person.newcomer.user;
    user.claims = importedClaims(user.claims, offline_.core().claims(), without);
    const auto problem = subjectProblem(user);
    if (!problem) {
        return problem.error();
    }
    if (!problem->empty()) {
        leave("person", user.login, *problem);
        return done();
    }
    const auto isNew = taking_->isNew(offline_.context(), person.newcomer);
    if (!isNew) {
        if (!isRefusal(isNew.error())) {
            return isNew.error();
        }
        leave("person", user.login, isNew.error().detail);
        return done();
    }
    if (!*isNew) {
        ++report_.people.there;
        return done();
    }
    if (keys > 1 && !person.totpKeys.empty()) {
        without.emplace_back("has several keys for codes, of which the first that can comes along");
    }
    return admit(std::move(person), without);
}

Status ImportRun::admit(ForeignPerson person, const std::vector<std::string>& without) {
    remarkOn(person, without);
    const auto isKeyKept = takeKey(person);
    if (!isKeyKept) {
        return isKeyKept.error();
    }
    if (!*isKeyKept) {
        leave("person", person.newcomer.user.login,
              "has another key for codes here already, from an earlier file");
        return done();
    }
    pending_.push_back(std::move(person.newcomer));
    return pending_.size() < batchSize ? done() : finish();
}

/// A client's own tokens say its id as their sub (RFC 9700 section 4.15).
Result<std::string> ImportRun::subjectProblem(const User& user) const {
    if (user.id.empty()) {
        return std::string();
    }
    const std::string sub = user.id.substr(1);
    const auto client = offline_.core().clients().read(offline_.context(), sub);
    if (!client) {
        return client.error();
    }
    const bool isClient = *client != nullptr || coming_.count(sub) > 0;
    return std::string(isClient ? "has a sub that is the id of a client, whose tokens would be "
                                  "taken for this person's"
                                : "");
}

/// Before the person is there: killed between the two, nobody can log in without their codes.
Result<bool> ImportRun::takeKey(ForeignPerson& person) {
    auto& user = person.newcomer.user;
    if (person.totpKeys.empty()) {
        return true;
    }
    const auto& key = person.totpKeys.front();
    if (user.id.empty()) {
        user.id = idFor(offline_.core().host(), storeName_, user.login, key);
    }
    const FoundUser found{storeName_, user};
    if (wish_.isDry) {
        return keys_.taking().wouldTake(offline_.context(), found, key);
    }
    auto isTaken = keys_.taking().take(offline_.context(), found, key);
    if (isTaken && *isTaken) {
        pendingKeys_.emplace(user.id, key);
    }
    return isTaken;
}

/// Unless the same person came along by another run meanwhile.
Status ImportRun::giveKeyBack(const User& user) const {
    const auto key = pendingKeys_.find(user.id);
    if (key == pendingKeys_.end()) {
        return done();
    }
    const auto known = store_->findById(offline_.context(), user.id);
    if (!known || *known) {
        return known ? done() : Status{known.error()};
    }
    return keys_.taking().giveBack(offline_.context(), {storeName_, user}, key->second);
}

bool ImportRun::isLeft(const ForeignPerson& person) {
    const auto& user = person.newcomer.user;
    if (!person.secondFactors.empty() && !wish_.isWithoutSecondFactor) {
        leave("person", user.login,
              "has a second factor (" + joined(person.secondFactors) +
                  "), which cannot come along; --without-second-factor lets such people in with "
                  "their password alone");
        return true;
    }
    const bool isTwice = isSeen("login", store_->spelling(user.login)) ||
                         (!user.id.empty() && isSeen("id", user.id));
    if (isTwice) {
        leave("person", user.login, "has a login or an id that the file has given to another");
    }
    return isTwice;
}

bool ImportRun::isSeen(std::string_view what, std::string_view text) {
    return !seen_.insert(hashOf(what, text)).second;
}

bool ImportRun::isRead(std::string_view what, std::string_view text) const {
    return seen_.count(hashOf(what, text)) > 0;
}

void ImportRun::remarkOn(const ForeignPerson& person, const std::vector<std::string>& without) {
    const auto& user = person.newcomer.user;
    const auto remarkIf = [&](bool is, const std::string& what) {
        if (is) {
            remark("person", user.login, what);
        }
    };
    for (const auto& sentence : without) {
        remark("person", user.login, sentence);
    }
    remarkIf(!person.secondFactors.empty(),
             "is let in without the second factor (" + joined(person.secondFactors) + ")");
    remarkIf(person.newcomer.passwordHash.empty(),
             "has no password: `gatehouse user passwd` gives one");
    remarkIf(user.id.empty(), "gets a sub that sites do not know yet");
}

Status ImportRun::finish() {
    onward_(people_);
    if (pending_.empty()) {
        return done();
    }
    auto taken = wish_.isDry ? done() : taking_->take(offline_.context(), pending_);
    if (taken) {
        report_.people.added += pending_.size();
    } else if (isRefusal(taken.error())) {
        taken = takeEach();
    }
    pending_.clear();
    pendingKeys_.clear();
    return taken;
}

/// Somebody was added meanwhile.
Status ImportRun::takeEach() {
    for (const auto& newcomer : pending_) {
        auto taken = taking_->take(offline_.context(), {newcomer});
        report_.people.added += taken ? 1 : 0;
        if (!taken && isRefusal(taken.error())) {
            taken = stayAway(newcomer, taken.error().detail);
        }
        if (!taken) {
            return taken;
        }
    }
    return done();
}

Status ImportRun::stayAway(const Newcomer& newcomer, const std::string& why) {
    leave("person", newcomer.user.login, why);
    return giveKeyBack(newcomer.user);
}

Status ImportRun::add(ForeignClient client) {
    const std::string id(client.metadata.text("client_id"));
    if (!clients_.insert(id).second) {
        leave("client", id, "has an id that the file has given to another");
        return done();
    }
    auto status = add(client, id);
    if (!status && isRefusal(status.error())) {
        leave("client", id, status.error().detail);
        return done();
    }
    return status;
}

Status ImportRun::add(const ForeignClient& foreign, const std::string& id) {
    auto& core = offline_.core();
    ValueMap metadata = foreign.metadata;
    prune(metadata, "redirect_uris", id);
    prune(metadata, "post_logout_redirect_uris", id);
    if (!foreign.secret.empty()) {
        metadata.set("client_secret", foreign.secret.view());
    }
    auto wanted = core.clientEditor().draft(offline_.context(), std::move(metadata));
    if (!wanted) {
        return wanted.error();
    }
    wanted->client.isDisabled = foreign.isDisabled;
    const auto known = core.clients().read(offline_.context(), id);
    if (!known) {
        return known.error();
    }
    if (*known != nullptr) {
        const bool isThere = isSame(core.host(), **known, wanted->client, foreign.secret);
        report_.clients.there += isThere ? 1 : 0;
        return isThere ? done()
                       : Error::badInput("is here already, with other data; nothing was changed");
    }
    if (needsClientSecret(wanted->client) && foreign.secret.empty()) {
        remark("client", id,
               "has no secret that could come along: `gatehouse client rotate-secret` gives one");
    }
    return insert(wanted->client);
}

Status ImportRun::insert(const Client& client) {
    const std::string& id = client.id;
    auto written = isSubjectFree(id);
    if (written && !wish_.isDry) {
        written = offline_.core().clientEditor().insert(offline_.context(), client);
    }
    if (written) {
        ++report_.clients.added;
        coming_.insert(id);
    }
    return written;
}

Status ImportRun::isSubjectFree(const std::string& id) const {
    constexpr const char* why =
        "has an id that is the sub of a person, for whose tokens its own would be taken";
    const std::string holder = idOfSubject(id);
    if (taking_ == nullptr) {
        return done();
    }
    const auto known = store_->findById(offline_.context(), holder);
    if (!known) {
        return known.error();
    }
    return *known || isRead("id", holder) ? Status{Error::badInput(why)} : done();
}

/// A client may do without a URI that could not be registered, but not with another one.
void ImportRun::prune(ValueMap& metadata, const std::string& member, const std::string& id) {
    const Value* uris = metadata.find(member);
    if (uris == nullptr || uris->list() == nullptr) {
        return;
    }
    std::vector<std::string> kept;
    for (const auto& uri : textsOf(uris)) {
        const auto problem = redirectUriProblem(uri);
        if (problem.empty()) {
            kept.push_back(uri);
        } else {
            remark("client", id,
                   std::string("does without ")
                       .append(uri)
                       .append(" of ")
                       .append(member)
                       .append(", which ")
                       .append(problem));
        }
    }
    if (kept.empty()) {
        metadata.erase(member);
    } else {
        metadata.set(member, listOfTexts(kept));
    }
}

}  // namespace gatehouse
