// SPDX-License-Identifier: Apache-2.0
#include "FileUserStore.h"

#include "passwords/LoginName.h"

#include <string>
#include <utility>

namespace gatehouse {

namespace {

constexpr seconds checkEvery{1};
constexpr FileWish usersWish{Keeping::own, 64 << 20U};

std::optional<User> userAlone(const FileUser* found) {
    return found == nullptr ? std::nullopt : std::optional<User>(found->user);
}

}  // namespace

Status FileUserStore::configure(const Config& config, Host& host) {
    host_ = &host;
    file_ = std::make_unique<WatchedFile>(config.text("path"), usersWish);
    weakest_ = config.text("weakest_hash");
    hasher_ = std::make_unique<PasswordHasher>(host, Argon2Cost{}, weakest_,
                                               static_cast<std::size_t>(config.number("threads")),
                                               static_cast<std::size_t>(config.number("queue")));
    return done();
}

Status FileUserStore::check() const {
    WatchedFile file(file_->path(), usersWish);
    const auto given = file.read();
    if (!given) {
        return given.error();
    }
    const auto users = UserFile::read(given->text, file.path(), weakest_);
    return users ? done() : Status{users.error()};
}

Status FileUserStore::start() {
    auto status = readFile();
    if (status) {
        hasher_->start();
    }
    return status;
}

void FileUserStore::stop() noexcept {
    if (hasher_ != nullptr) {
        hasher_->stop();
    }
}

Result<std::optional<User>> FileUserStore::findByLogin(const Context& /*context*/,
                                                       std::string_view login) const {
    return userAlone(users()->find(login));
}

Result<std::optional<User>> FileUserStore::findById(const Context& /*context*/,
                                                    std::string_view id) const {
    return userAlone(users()->findById(std::string(id)));
}

std::string FileUserStore::spelling(std::string_view login) const {
    return spellingOf(login);
}

Result<std::optional<User>> FileUserStore::checkPassword(const Context& context,
                                                         std::string_view login,
                                                         const Secret& password) const {
    if (password.empty() || password.view().size() > longestPassword) {
        return std::optional<User>{};
    }
    const Users known = users();
    const FileUser* found = known->find(login);
    const auto verdict =
        hasher_->verify(context, password, found != nullptr ? found->password : std::string{});
    if (!verdict) {
        return verdict.error();
    }
    const bool isRight = *verdict != PasswordHasher::Verdict::wrong;
    const bool isIn = found != nullptr && isRight && !found->user.isDisabled;
    return isIn ? std::optional<User>(found->user) : std::optional<User>{};
}

Result<UserPage> FileUserStore::list(const Context& /*context*/, std::string_view after,
                                     std::size_t limit) const {
    return users()->list(after, limit);
}

FileUserStore::Users FileUserStore::users() const {
    readAgain();
    const std::shared_lock<std::shared_mutex> lock(mutex_);
    return users_;
}

void FileUserStore::readAgain() const {
    const std::unique_lock<std::mutex> lock(checking_, std::try_to_lock);
    if (!lock || host_->clock().steady() < checked_ + checkEvery) {
        return;
    }
    checked_ = host_->clock().steady();
    if (!file_->isChanged()) {
        return;
    }
    const auto status = readFile();
    if (!status) {
        host_->log().write(Level::error, "users kept as they were: " + status.error().detail);
    }
}

Status FileUserStore::readFile() const {
    const auto given = file_->read();
    if (!given) {
        return given.error();
    }
    auto read = UserFile::read(given->text, file_->path(), weakest_);
    if (!read) {
        return read.error();
    }
    if (!given->doubt.empty()) {
        host_->log().write(Level::warning, given->doubt);
    }
    auto fresh = std::make_shared<const UserFile>(*std::move(read));
    host_->log().write(Level::info, "users read",
                       {
                           {"path", file_->path()},
                           {"users", static_cast<std::int64_t>(fresh->size())},
                       });
    hasher_->work(fresh->dearestHash());
    const std::unique_lock<std::shared_mutex> lock(mutex_);
    users_ = std::move(fresh);
    return done();
}

constexpr Field fields[] = {
    {"path", Kind::path, required, "the file, one user a line"},
    {"threads", Kind::number, byDefault("0"),
     "threads that check passwords; 0: one less than the machine has cores, at least 1",
     between(0, 256)},
    {"queue", Kind::number, byDefault("64"),
     "logins that may wait for a thread; more are answered with 503", between(1, 100000)},
    weakestHashField,
};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::FileUserStore, "file", "0.1.0", "Users in a text file, one a line",
                 gatehouse::fields)
