// SPDX-License-Identifier: Apache-2.0
#include "LocalLogins.h"

#include "passwords/LoginName.h"
#include "text/Contains.h"

#include <utility>
#include <variant>

namespace gatehouse {

namespace {

/// Stands among the logins once all of them are prepared; no login has such a character.
constexpr const char* preparedMark = "\x01prepared";

Status checkLogin(std::string_view login) {
    const auto prepared = preparedLogin(login);
    const auto* problem = std::get_if<PrecisProblem>(&prepared);
    return problem == nullptr ? done() : Status{Error::badInput(problem->message)};
}

Record loginRecord(std::string login, const std::string& id) {
    Record record;
    record.kind = LocalLogins::kind;
    record.key = std::move(login);
    record.payload = id;
    return record;
}

}  // namespace

LocalLogins::Keys LocalLogins::keysOf(std::string_view login) {
    Keys keys;
    for (auto& key : {asciiLogin(login), findableLogin(login)}) {
        if (key && !contains(keys, *key)) {
            keys.push_back(*key);
        }
    }
    return keys;
}

bool LocalLogins::isFoundBy(std::string_view login, const std::string& key) {
    return login == key || contains(keysOf(login), key);
}

Status LocalLogins::give(const Context& context, const User& before, const User& after,
                         Batch& batch) const {
    if (auto status = checkLogin(after.login); !status) {
        return status;
    }
    const auto own = ownKeys(context, before);
    if (!own) {
        return own.error();
    }
    const auto wanted = keysOf(after.login);
    for (const auto& key : wanted) {
        if (!contains(*own, key)) {
            batch.expects.push_back({kind, key, Expect::State::absent, 0});
        }
    }
    if (!contains(*own, wanted.back())) {
        batch.puts.push_back(loginRecord(wanted.back(), after.id));
    }
    for (const auto& key : *own) {
        if (!contains(wanted, key)) {
            batch.erases.push_back({kind, key});
        }
    }
    return done();
}

Status LocalLogins::take(const Context& context, const User& user, Batch& batch) const {
    const auto own = ownKeys(context, user);
    if (!own) {
        return own.error();
    }
    for (const auto& key : *own) {
        batch.erases.push_back({kind, key});
    }
    return done();
}

Result<bool> LocalLogins::arePrepared(const Context& context) const {
    const auto mark = host_.records().find(context, kind, preparedMark);
    return mark ? Result<bool>{mark->has_value()} : Result<bool>{mark.error()};
}

Status LocalLogins::setPrepared(const Context& context) const {
    Batch batch;
    batch.puts.push_back(loginRecord(preparedMark, {}));
    const auto outcome = host_.records().apply(context, std::move(batch));
    return outcome ? done() : Status{outcome.error()};
}

Status LocalLogins::prepare(const Context& context, const User& stored) const {
    const auto prepared = findableLogin(stored.login);
    if (!prepared || prepared == asciiLogin(stored.login)) {
        return done();
    }
    Batch batch;
    batch.expects.push_back({kind, *prepared, Expect::State::absent, 0});
    batch.puts.push_back(loginRecord(*prepared, stored.id));
    const auto outcome = host_.records().apply(context, std::move(batch));
    if (!outcome) {
        return outcome.error();
    }
    if (outcome->found && outcome->found->payload != stored.id) {
        host_.log().write(context, Level::warning,
                          "two logins differ in spelling only; each is found as it was added",
                          {{"login", stored.login}, {"prepared", *prepared}});
    }
    return done();
}

Result<LocalLogins::Keys> LocalLogins::ownKeys(const Context& context, const User& user) const {
    Keys own;
    for (const auto& key : keysOf(user.login)) {
        const auto record = host_.records().find(context, kind, key);
        if (!record) {
            return record.error();
        }
        if (*record && (*record)->payload == user.id) {
            own.push_back(key);
        }
    }
    return own;
}

}  // namespace gatehouse
