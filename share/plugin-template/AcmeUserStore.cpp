// SPDX-License-Identifier: Apache-2.0
#include "AcmeUserStore.h"

#include <crypt.h>

#include <memory>

namespace acme {

using gatehouse::Context;
using gatehouse::User;

namespace {

// The SHA-512 hash of nothing anybody knows: an unknown user takes as long as a known one.
constexpr const char* decoy = "$6$acmeacmeacmeacme$"
                              "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
                              "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
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

gatehouse::Status AcmeUserStore::start() {
    auto users = CsvUsers::read(path_);
    if (!users) {
        return users.error();
    }
    users_ = *std::move(users);
    return gatehouse::done();
}

gatehouse::Result<std::optional<User>> AcmeUserStore::findByLogin(const Context& /*context*/,
                                                                  std::string_view login) const {
    return userAlone(users_.findByLogin(login));
}

gatehouse::Result<std::optional<User>> AcmeUserStore::findById(const Context& /*context*/,
                                                               std::string_view id) const {
    return userAlone(users_.findById(id));
}

gatehouse::Result<std::optional<User>>
AcmeUserStore::checkPassword(const Context& /*context*/, std::string_view login,
                             const gatehouse::Secret& password) const {
    if (!isUsable(password.view())) {
        return std::optional<User>{};
    }
    const AcmeUser* found = users_.findByLogin(login);
    const std::string expected = found != nullptr ? found->passwordHash : decoy;
    const auto scratch = std::make_unique<crypt_data>();
    const std::string given(password.view());
    const char* hash = ::crypt_r(given.c_str(), expected.c_str(), scratch.get());
    const bool isRight = hash != nullptr && host_->crypto().equal(hash, expected);
    if (found == nullptr || !isRight || found->user.isDisabled) {
        return std::optional<User>{};
    }
    return std::optional<User>{found->user};
}

constexpr gatehouse::Field fields[] = {
    {"path", gatehouse::Kind::path, gatehouse::required, "the CSV file of the personnel system"},
};

}  // namespace acme

GATEHOUSE_PLUGIN(acme::AcmeUserStore, "acme", "1.0.0", "Users from Acme's CSV export", acme::fields)
