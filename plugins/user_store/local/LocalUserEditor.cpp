// SPDX-License-Identifier: Apache-2.0
#include "LocalUserEditor.h"

#include "passwords/LoginName.h"
#include "text/Utf8.h"

#include <algorithm>
#include <string>
#include <utility>

namespace gatehouse {

namespace {

constexpr int attempts = 5;

std::size_t characters(std::string_view utf8) {
    return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char byte) {
        return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
    }));
}

Error changedMeanwhile() {
    return Error::unavailable("the user was changed by others again and again, try later");
}

}  // namespace

Result<User> LocalUserEditor::add(const Context& context, const User& user,
                                  const Secret& password) {
    const auto login = trimmedLogin(user.login);
    LocalUser added;
    added.user = user;
    added.user.id = newUserId(host_.random());
    added.user.login = login.value_or(std::string{});
    added.user.claims = withoutEmpty(user.claims);
    added.created = added.updated = host_.clock().now();
    if (!password.empty()) {
        auto isUsable = checkPassword(password);
        if (!isUsable) {
            return isUsable.error();
        }
        auto phc = hasher_.hash(context, password);
        if (!phc) {
            return phc.error();
        }
        added.password = *std::move(phc);
    }
    const auto inserted = users_.insert(context, added);
    return inserted ? Result<User>{added.user} : Result<User>{inserted.error()};
}

Status LocalUserEditor::update(const Context& context, const User& user) {
    return change(context, user.id, [&user](LocalUser& local) {
        local.user.login = trimmedLogin(user.login).value_or(std::string{});
        local.user.isDisabled = user.isDisabled;
        local.user.claims = withoutEmpty(user.claims);
        local.user.needsNewPassword = user.needsNewPassword;
    });
}

Status LocalUserEditor::setPassword(const Context& context, std::string_view id,
                                    const Secret& password) {
    auto isUsable = checkPassword(password);
    if (!isUsable) {
        return isUsable;
    }
    const auto user = existing(context, id);
    if (!user) {
        return user.error();
    }
    const auto phc = hasher_.hash(context, password);
    if (!phc) {
        return phc.error();
    }
    return setHash(context, id, *phc);
}

Status LocalUserEditor::setHash(const Context& context, std::string_view id,
                                const std::string& hash) {
    return change(context, id, [&hash](LocalUser& local) {
        local.password = hash;
        local.user.needsNewPassword = false;
    });
}

Status LocalUserEditor::remove(const Context& context, std::string_view id) {
    for (int attempt = 0; attempt < attempts; ++attempt) {
        const auto user = existing(context, id);
        if (!user) {
            return user.error();
        }
        const auto isErased = users_.erase(context, *user);
        if (!isErased) {
            return isErased.error();
        }
        if (*isErased) {
            return done();
        }
    }
    return changedMeanwhile();
}

Result<UserPage> LocalUserEditor::list(const Context& context, std::string_view after,
                                       std::size_t limit) const {
    const auto locals = users_.list(context, after, limit);
    if (!locals) {
        return locals.error();
    }
    UserPage page;
    page.next = locals->next;
    for (const auto& local : locals->users) {
        page.users.push_back(local.user);
    }
    return page;
}

Status LocalUserEditor::change(const Context& context, std::string_view id, const Change& change) {
    for (int attempt = 0; attempt < attempts; ++attempt) {
        const auto before = existing(context, id);
        if (!before) {
            return before.error();
        }
        LocalUser after = *before;
        change(after);
        after.updated = host_.clock().now();
        const auto isReplaced = users_.replace(context, *before, after);
        if (!isReplaced) {
            return isReplaced.error();
        }
        if (*isReplaced) {
            return done();
        }
    }
    return changedMeanwhile();
}

Result<LocalUser> LocalUserEditor::existing(const Context& context, std::string_view id) const {
    auto user = users_.find(context, id);
    if (!user) {
        return user.error();
    }
    if (!*user) {
        return Error::badInput("there is no user of this id");
    }
    return **std::move(user);
}

Status LocalUserEditor::checkPassword(const Secret& password) const {
    if (!isUtf8(password.view()) || password.view().size() > longestPassword) {
        return Error::badInput("a password is at most " + std::to_string(longestPassword) +
                               " bytes of UTF-8");
    }
    if (characters(password.view()) < shortestPassword_) {
        return Error::badInput("a password is at least " + std::to_string(shortestPassword_) +
                               " characters long");
    }
    return done();
}

}  // namespace gatehouse
