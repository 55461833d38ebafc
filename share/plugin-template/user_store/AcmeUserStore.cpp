// SPDX-License-Identifier: Apache-2.0
#include "AcmeUserStore.h"

#include <crypt.h>

#include <memory>
#include <system_error>
#include <utility>

namespace acme_plugin {

using gatehouse::Context;
using gatehouse::User;

namespace {

constexpr std::size_t longestPassword = 512;

std::optional<User> userAlone(const AcmeUser* found) {
    return found == nullptr ? std::nullopt : std::optional<User>(found->user);
}

/// crypt() takes C strings, so a password that holds NUL would be compared up to there only.
bool isUsable(std::string_view password) {
    return !password.empty() && password.size() <= longestPassword &&
           password.find('\0') == std::string_view::npos;
}

}  // namespace

gatehouse::Status AcmeUserStore::configure(const gatehouse::Config& config, gatehouse::Host& host) {
    host_ = &host;
    path_ = config.text("path");
    return gatehouse::done();
}

gatehouse::Status AcmeUserStore::check() const {
    const auto users = CsvUsers::read(path_);
    return users ? gatehouse::done() : gatehouse::Status{users.error()};
}

gatehouse::Status AcmeUserStore::start() {
    return read();
}

AcmeUserStore::Stamp AcmeUserStore::stamp() const {
    std::error_code ignored;  // no file has a stamp too, which is no file's
    return {std::filesystem::last_write_time(path_, ignored),
            std::filesystem::file_size(path_, ignored)};
}

gatehouse::Status AcmeUserStore::read() const {
    seen_ = stamp();  // first: what is written while reading is read the next time
    auto users = CsvUsers::read(path_);
    if (!users) {
        return users.error();
    }
    users_ = std::make_shared<const CsvUsers>(*std::move(users));
    return gatehouse::done();
}

AcmeUserStore::Users AcmeUserStore::users() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (stamp() != seen_) {
        const auto status = read();
        if (!status) {
            host_->log().write(gatehouse::Level::error,
                               "users kept as they were: " + status.error().detail);
        }
    }
    return users_;
}

gatehouse::Result<std::optional<User>> AcmeUserStore::findByLogin(const Context& /*context*/,
                                                                  std::string_view login) const {
    return userAlone(users()->findByLogin(login));
}

gatehouse::Result<std::optional<User>> AcmeUserStore::findById(const Context& /*context*/,
                                                               std::string_view id) const {
    return userAlone(users()->findById(id));
}

gatehouse::Result<std::optional<User>>
AcmeUserStore::checkPassword(const Context& /*context*/, std::string_view login,
                             const gatehouse::Secret& password) const {
    if (!isUsable(password.view())) {
        return std::optional<User>{};
    }
    const Users known = users();
    const AcmeUser* found = known->findByLogin(login);
    const bool hasPassword = found != nullptr && !found->passwordHash.empty();
    // Who is not there, or has no password, takes as long to refuse as anybody else.
    const std::string& expected = hasPassword ? found->passwordHash : known->decoy();
    const auto scratch = std::make_unique<crypt_data>();
    const std::string given(password.view());
    const char* hash = ::crypt_r(given.c_str(), expected.c_str(), scratch.get());
    const bool isRight = hash != nullptr && host_->crypto().equal(hash, expected);
    if (!hasPassword || !isRight || found->user.isDisabled) {
        return std::optional<User>{};
    }
    return std::optional<User>{found->user};
}

constexpr gatehouse::Field fields[] = {
    {"path", gatehouse::Kind::path, gatehouse::required, "the CSV file of the personnel system"},
};

}  // namespace acme_plugin

GATEHOUSE_PLUGIN(acme_plugin::AcmeUserStore, "acme", "1.0.0", "Users from Acme's CSV export",
                 acme_plugin::fields)
