// SPDX-License-Identifier: Apache-2.0
#include "LocalUserStore.h"

#include "Newcomers.h"
#include "passwords/LoginName.h"

#include <string>
#include <utility>

namespace gatehouse {

namespace {

Result<std::optional<User>> userAlone(Result<std::optional<LocalUser>> found) {
    if (!found) {
        return found.error();
    }
    return *found ? std::optional<User>{std::move((*found)->user)} : std::optional<User>{};
}

Argon2Cost costIn(const Config& config) {
    return {static_cast<std::uint32_t>(config.number("memory_kib")),
            static_cast<std::uint32_t>(config.number("iterations")),
            static_cast<std::uint32_t>(config.number("parallelism"))};
}

}  // namespace

Status LocalUserStore::configure(const Config& config, Host& host) {
    const Argon2Cost cost = costIn(config);
    if (cost.memoryKib < 8 * cost.parallelism) {
        return Error::badInput(config.place("memory_kib") +
                               ": memory_kib is less than 8 for each of parallelism");
    }
    host_ = &host;
    weakestHash_ = config.text("weakest_hash");
    users_ = std::make_unique<LocalUsers>(host);
    hasher_ = std::make_unique<PasswordHasher>(host, cost, weakestHash_,
                                               static_cast<std::size_t>(config.number("threads")),
                                               static_cast<std::size_t>(config.number("queue")));
    editor_ = std::make_unique<LocalUserEditor>(
        host, *users_, *hasher_, static_cast<std::size_t>(config.number("password_min_length")));
    return done();
}

Status LocalUserStore::start() {
    hasher_->start();
    return done();
}

void LocalUserStore::stop() noexcept {
    if (hasher_ != nullptr) {
        hasher_->stop();
    }
}

Result<std::optional<User>> LocalUserStore::findByLogin(const Context& context,
                                                        std::string_view login) const {
    return userAlone(users_->findByLogin(context, login));
}

Result<std::optional<User>> LocalUserStore::findById(const Context& context,
                                                     std::string_view id) const {
    return userAlone(users_->find(context, id));
}

std::string LocalUserStore::spelling(std::string_view login) const {
    return spellingOf(login);
}

Result<std::optional<User>> LocalUserStore::checkPassword(const Context& context,
                                                          std::string_view login,
                                                          const Secret& password) const {
    if (password.empty() || password.view().size() > longestPassword) {
        return std::optional<User>{};
    }
    const auto found = users_->findByLogin(context, login);
    if (!found) {
        return found.error();
    }
    const bool hasPassword = *found && !(*found)->password.empty();
    const auto verdict =
        hasPassword ? hasher_->verify(context, password, (*found)->password, (*found)->user.id)
                    : hasher_->verify(context, password, {});
    if (!verdict) {
        return verdict.error();
    }
    using Verdict = PasswordHasher::Verdict;
    if (!hasPassword || *verdict == Verdict::wrong || (*found)->user.isDisabled) {
        return std::optional<User>{};
    }
    if (*verdict == Verdict::renewable) {
        rehash(context, **found, password);
    }
    return std::optional<User>{(*found)->user};
}

Status LocalUserStore::setPasswordHash(const Context& context, std::string_view id,
                                       const std::string& hash) {
    const auto read = StoredHash::read(hash, weakestHash_);
    const auto* problem = std::get_if<std::string>(&read);
    return problem != nullptr ? Status{Error::badInput(*problem)}
                              : editor_->setHash(context, id, hash);
}

Result<bool> LocalUserStore::isNew(const Context& context, const Newcomer& newcomer) const {
    if (!newcomer.passwordHash.empty()) {
        const auto read = StoredHash::read(newcomer.passwordHash, weakestHash_);
        if (const auto* problem = std::get_if<std::string>(&read)) {
            return Error::badInput("has a password hash that is not taken: " + *problem);
        }
    }
    return Newcomers(*host_, *users_).isNew(context, newcomer);
}

Status LocalUserStore::take(const Context& context, const std::vector<Newcomer>& newcomers) {
    return Newcomers(*host_, *users_).take(context, newcomers);
}

void LocalUserStore::rehash(const Context& context, LocalUser user, const Secret& password) const {
    auto phc = hasher_->hash(context, password);
    if (phc) {
        user.password = *std::move(phc);
        const auto isKept = users_->keepRehashed(context, user);
        if (isKept) {
            return;
        }
        phc = isKept.error();
    }
    // The person is in all the same; the next login tries again.
    host_->log().write(context, Level::warning, "password hash not renewed: " + phc.error().detail,
                       {{"user", user.user.id}});
}

constexpr Field fields[] = {
    {"memory_kib", Kind::number, byDefault("19456"), "memory of one argon2id hash, in KiB",
     between(8, dearestCost.memoryKib)},
    {"iterations", Kind::number, byDefault("2"), "passes over the memory",
     between(1, dearestCost.iterations)},
    {"parallelism", Kind::number, byDefault("1"), "lanes of one hash",
     between(1, dearestCost.parallelism)},
    {"threads", Kind::number, byDefault("0"),
     "threads that hash; 0: one less than the machine has cores, at least 1", between(0, 256)},
    {"queue", Kind::number, byDefault("64"),
     "logins that may wait for a thread; more are answered with 503", between(1, 100000)},
    weakestHashField,
    {"password_min_length", Kind::number, byDefault("8"), "characters of a new password",
     between(1, 1024)},
};
constexpr const char* needs[] = {"storage"};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::LocalUserStore, "local", "0.1.0",
                 "Users in the deployment's own storage", gatehouse::fields, gatehouse::needs)
