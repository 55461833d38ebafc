// SPDX-License-Identifier: Apache-2.0
#include "LocalUsers.h"

#include "json/Json.h"
#include "passwords/LoginName.h"

#include <utility>

namespace gatehouse {

namespace {

constexpr const char* userKind = "user";
constexpr const char* loginKind = "user_login";
constexpr const char* topic = "user";
constexpr auto noticeLifetime = std::chrono::hours{1};

std::int64_t toMilliseconds(TimePoint time) {
    return time.time_since_epoch().count();
}

TimePoint momentOf(const ValueMap& stored, std::string_view name) {
    const Value* value = stored.find(name);
    const bool isNumber = value != nullptr && value->integer() != nullptr;
    return isNumber ? TimePoint{milliseconds{*value->integer()}} : TimePoint{};
}

Record recordOf(const LocalUser& local) {
    Record record;
    record.kind = userKind;
    record.key = local.user.id;
    record.payload = toJson(ValueMap{
        {"login", local.user.login},
        {"disabled", local.user.isDisabled},
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
    const Value* disabled = stored->find("disabled");
    local.user.isDisabled =
        disabled != nullptr && disabled->boolean() != nullptr && *disabled->boolean();
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

Record loginRecord(std::string login, const std::string& id) {
    Record record;
    record.kind = loginKind;
    record.key = std::move(login);
    record.payload = id;
    return record;
}

Expect unchanged(const LocalUser& local) {
    return {userKind, local.user.id, Expect::State::version, local.version};
}

Error unusableLogin() {
    return Error::badInput("a login is 1 to 255 bytes of UTF-8 without control characters");
}

}  // namespace

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
    const auto name = normalizedLogin(login);
    if (!name) {
        return std::optional<LocalUser>{};
    }
    const auto record = host_.records().find(context, loginKind, *name);
    if (!record) {
        return record.error();
    }
    if (!*record) {
        return std::optional<LocalUser>{};
    }
    return find(context, (*record)->payload);
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
    auto name = normalizedLogin(added.user.login);
    if (!name) {
        return unusableLogin();
    }
    Batch batch;
    batch.expects.push_back({userKind, added.user.id, Expect::State::absent, 0});
    batch.expects.push_back({loginKind, *name, Expect::State::absent, 0});
    batch.puts.push_back(recordOf(added));
    batch.puts.push_back(loginRecord(*std::move(name), added.user.id));
    batch.notices.push_back(notice(context, added.user.id));
    const auto isApplied = apply(context, std::move(batch));
    return isApplied ? done() : Status{isApplied.error()};
}

Result<bool> LocalUsers::replace(const Context& context, const LocalUser& before,
                                 const LocalUser& after) {
    auto name = normalizedLogin(after.user.login);
    const auto oldName = normalizedLogin(before.user.login);
    if (!name) {
        return unusableLogin();
    }
    Batch batch;
    batch.expects.push_back(unchanged(before));
    batch.puts.push_back(recordOf(after));
    if (name != oldName) {
        batch.expects.push_back({loginKind, *name, Expect::State::absent, 0});
        batch.erases.push_back({loginKind, oldName.value_or(std::string{})});
        batch.puts.push_back(loginRecord(*std::move(name), before.user.id));
    }
    batch.notices.push_back(notice(context, before.user.id));
    return apply(context, std::move(batch));
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
    batch.erases.push_back({loginKind, normalizedLogin(user.user.login).value_or(std::string{})});
    batch.notices.push_back(notice(context, user.user.id));
    return apply(context, std::move(batch));
}

Result<bool> LocalUsers::apply(const Context& context, Batch batch) {
    const auto expects = batch.expects;
    const auto outcome = host_.records().apply(context, std::move(batch));
    if (!outcome) {
        return outcome.error();
    }
    if (!outcome->applied() && expects.at(*outcome->failed).kind == loginKind) {
        return Error::badInput("the login is taken");
    }
    return outcome->applied();
}

Notice LocalUsers::notice(const Context& context, const std::string& id) const {
    return {topic, id, context.issuer.id, host_.clock().now() + noticeLifetime};
}

}  // namespace gatehouse
