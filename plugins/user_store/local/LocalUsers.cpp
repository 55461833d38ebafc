// SPDX-License-Identifier: Apache-2.0
#include "LocalUsers.h"

#include "json/Json.h"
#include "text/Base64Url.h"

#include <set>
#include <utility>

namespace gatehouse {

namespace {

constexpr const char* userKind = "user";
constexpr const char* topic = "user";
constexpr std::size_t idSize = 16;
constexpr auto noticeLifetime = std::chrono::hours{1};

std::int64_t toMilliseconds(TimePoint time) {
    return time.time_since_epoch().count();
}

TimePoint momentOf(const ValueMap& stored, std::string_view name) {
    const Value* value = stored.find(name);
    const bool isNumber = value != nullptr && value->integer() != nullptr;
    return isNumber ? TimePoint{milliseconds{*value->integer()}} : TimePoint{};
}

bool isSet(const ValueMap& stored, std::string_view name) {
    const Value* value = stored.find(name);
    return value != nullptr && value->boolean() != nullptr && *value->boolean();
}

Record recordOf(const LocalUser& local) {
    Record record;
    record.kind = userKind;
    record.key = local.user.id;
    record.payload = toJson(ValueMap{
        {"login", local.user.login},
        {"disabled", local.user.isDisabled},
        {"needs_new_password", local.user.needsNewPassword},
        {"claims", local.user.claims},
        {"password", local.password},
        {"created", toMilliseconds(local.created)},
        {"updated", toMilliseconds(local.updated)},
    });
    return record;
}

Result<LocalUser> userOf(const Record& record) {
    const auto root = parseJson(record.payload);
    const ValueMap* stored = root ? root->map() : nullptr;
    if (stored == nullptr || stored->text("login").empty()) {
        return Error::internal("the record of user " + record.key + " is damaged");
    }
    LocalUser local;
    local.user.id = record.key;
    local.user.login = stored->text("login");
    local.user.isDisabled = isSet(*stored, "disabled");
    local.user.needsNewPassword = isSet(*stored, "needs_new_password");
    if (const Value* claims = stored->find("claims");
        claims != nullptr && claims->map() != nullptr) {
        local.user.claims = *claims->map();
    }
    local.password = stored->text("password");
    local.created = momentOf(*stored, "created");
    local.updated = momentOf(*stored, "updated");
    local.version = record.version;
    return local;
}

Expect unchanged(const LocalUser& local) {
    return {userKind, local.user.id, Expect::State::version, local.version};
}

}  // namespace

std::string newUserId(Random& random) {
    return base64url(random.bytes(idSize));
}

ValueMap withoutEmpty(const ValueMap& claims) {
    ValueMap kept;
    for (const auto& claim : claims) {
        const bool isEmptyText = claim.value.text() != nullptr && claim.value.text()->empty();
        if (!claim.value.isNull() && !isEmptyText) {
            kept.set(claim.name, claim.value);
        }
    }
    return kept;
}

Result<std::optional<LocalUser>> LocalUsers::find(const Context& context,
                                                  std::string_view id) const {
    const auto record = host_.records().find(context, userKind, id);
    if (!record) {
        return record.error();
    }
    if (!*record) {
        return std::optional<LocalUser>{};
    }
    auto local = userOf(**record);
    if (!local) {
        return local.error();
    }
    return std::optional<LocalUser>{*std::move(local)};
}

Result<std::optional<LocalUser>> LocalUsers::findByLogin(const Context& context,
                                                         std::string_view login) const {
    for (const auto& key : LocalLogins::keysOf(login)) {
        auto found = findByKey(context, key);
        if (!found || *found) {
            return found;
        }
    }
    return std::optional<LocalUser>{};
}

Result<std::optional<LocalUser>> LocalUsers::findByKey(const Context& context,
                                                       const std::string& key) const {
    const auto record = host_.records().find(context, LocalLogins::kind, key);
    if (!record) {
        return record.error();
    }
    if (!*record) {
        return std::optional<LocalUser>{};
    }
    auto local = find(context, (*record)->payload);
    // An older version beside this one renames somebody without the key it does not know.
    const bool isLeftOver = local && *local && !LocalLogins::isFoundBy((*local)->user.login, key);
    return isLeftOver ? Result<std::optional<LocalUser>>{std::optional<LocalUser>{}} : local;
}

Result<LocalUserPage> LocalUsers::list(const Context& context, std::string_view after,
                                       std::size_t limit) const {
    const auto records = host_.records().list(context, userKind, {}, after, limit);
    if (!records) {
        return records.error();
    }
    LocalUserPage page;
    page.next = records->next;
    for (const auto& record : records->records) {
        auto local = userOf(record);
        if (!local) {
            return local.error();
        }
        page.users.push_back(*std::move(local));
    }
    return page;
}

Status LocalUsers::insert(const Context& context, const LocalUser& added) {
    Batch batch;
    batch.expects.push_back({userKind, added.user.id, Expect::State::absent, 0});
    batch.puts.push_back(recordOf(added));
    if (auto status = giveLogin(context, {}, added.user, batch); !status) {
        return status;
    }
    batch.notices.push_back(notice(context, added.user.id));
    const auto isApplied = apply(context, std::move(batch));
    return isApplied ? done() : Status{isApplied.error()};
}

Result<bool> LocalUsers::insertAll(const Context& context, const std::vector<LocalUser>& added) {
    Batch batch;
    for (const auto& one : added) {
        batch.expects.push_back({userKind, one.user.id, Expect::State::absent, 0});
        batch.puts.push_back(recordOf(one));
        if (auto status = giveLogin(context, {}, one.user, batch); !status) {
            return status.error();
        }
        batch.notices.push_back(notice(context, one.user.id));
    }
    // Each expectation is held against what was there before the batch.
    std::set<std::pair<std::string_view, std::string_view>> keys;
    for (const auto& expect : batch.expects) {
        if (!keys.emplace(expect.kind, expect.key).second) {
            return false;
        }
    }
    const auto outcome = host_.records().apply(context, std::move(batch));
    return outcome ? Result<bool>(outcome->applied()) : outcome.error();
}

Result<bool> LocalUsers::replace(const Context& context, const LocalUser& before,
                                 const LocalUser& after) {
    Batch batch;
    batch.expects.push_back(unchanged(before));
    batch.puts.push_back(recordOf(after));
    if (after.user.login != before.user.login) {
        if (auto status = giveLogin(context, before.user, after.user, batch); !status) {
            return status.error();
        }
    }
    batch.notices.push_back(notice(context, before.user.id));
    return apply(context, std::move(batch));
}

Status LocalUsers::giveLogin(const Context& context, const User& before, const User& after,
                             Batch& batch) const {
    const auto isReady = prepareLogins(context);
    return isReady ? logins_.give(context, before, after, batch) : isReady;
}

/// Once an issuer: before a login is given away, nobody may have it in another spelling.
Status LocalUsers::prepareLogins(const Context& context) const {
    constexpr std::size_t pageSize = 500;
    constexpr seconds patience{10};
    const auto isDone = logins_.arePrepared(context);
    if (!isDone || *isDone) {
        return isDone ? done() : Status{isDone.error()};
    }
    Context patient = context;
    std::string after;
    do {
        patient.deadline = host_.clock().steady() + patience;
        const auto page = list(patient, after, pageSize);
        if (!page) {
            return page.error();
        }
        for (const auto& local : page->users) {
            if (auto status = logins_.prepare(patient, local.user); !status) {
                return status;
            }
        }
        after = page->next;
    } while (!after.empty());
    return logins_.setPrepared(patient);
}

Result<bool> LocalUsers::keepRehashed(const Context& context, const LocalUser& rehashed) {
    Batch batch;
    batch.expects.push_back(unchanged(rehashed));
    batch.puts.push_back(recordOf(rehashed));
    return apply(context, std::move(batch));
}

Result<bool> LocalUsers::erase(const Context& context, const LocalUser& user) {
    Batch batch;
    batch.expects.push_back(unchanged(user));
    batch.erases.push_back({userKind, user.user.id});
    if (auto status = logins_.take(context, user.user, batch); !status) {
        return status.error();
    }
    batch.notices.push_back(notice(context, user.user.id));
    return apply(context, std::move(batch));
}

Result<bool> LocalUsers::apply(const Context& context, Batch batch) {
    const auto expects = batch.expects;
    const auto outcome = host_.records().apply(context, std::move(batch));
    if (!outcome) {
        return outcome.error();
    }
    if (!outcome->applied() && expects.at(*outcome->failed).kind == LocalLogins::kind) {
        return Error::badInput("the login is taken");
    }
    return outcome->applied();
}

Notice LocalUsers::notice(const Context& context, const std::string& id) const {
    return {topic, id, context.issuer.id, host_.clock().now() + noticeLifetime};
}

}  // namespace gatehouse
