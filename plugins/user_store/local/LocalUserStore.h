// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/KeepsPlainNames.h>
#include <gatehouse/TakesPasswordHashes.h>
#include <gatehouse/TakesPeople.h>
#include <gatehouse/point/UserStore.h>

#include "LocalUserEditor.h"
#include "LocalUsers.h"
#include "passwords/PasswordHasher.h"

#include <memory>
#include <string>
#include <vector>

namespace gatehouse {

/// Users kept in the deployment's own storage. Their password hashes are argon2id's, and those that
/// they brought along become that at the next login.
class LocalUserStore final
    : public With<UserStore, KeepsPlainNames, TakesPasswordHashes, TakesPeople> {
public:
    Status configure(const Config& config, Host& host) override;
    Status start() override;
    void stop() noexcept override;

    Result<std::optional<User>> findByLogin(const Context& context,
                                            std::string_view login) const override;
    Result<std::optional<User>> findById(const Context& context,
                                         std::string_view id) const override;
    std::string spelling(std::string_view login) const override;
    Result<std::optional<User>> checkPassword(const Context& context, std::string_view login,
                                              const Secret& password) const override;
    UserEditor* editor() noexcept override { return editor_.get(); }
    Status setPasswordHash(const Context& context, std::string_view id,
                           const std::string& hash) override;
    Result<bool> isNew(const Context& context, const Newcomer& newcomer) const override;
    Status take(const Context& context, const std::vector<Newcomer>& newcomers) override;

private:
    void rehash(const Context& context, LocalUser user, const Secret& password) const;

    Host* host_ = nullptr;
    std::string weakestHash_;
    std::unique_ptr<LocalUsers> users_;
    std::unique_ptr<PasswordHasher> hasher_;
    std::unique_ptr<LocalUserEditor> editor_;
};

}  // namespace gatehouse
