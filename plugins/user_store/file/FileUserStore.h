// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Checkable.h>
#include <gatehouse/Host.h>
#include <gatehouse/point/UserStore.h>

#include "UserFile.h"
#include "file/WatchedFile.h"
#include "passwords/PasswordHasher.h"

#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>

namespace gatehouse {

/// Users in a text file, one a line; read-only, read again when the file changes. A broken new file
/// is reported and the users read before stay.
class FileUserStore final : public With<UserStore, UserLister, Checkable> {
public:
    Status configure(const Config& config, Host& host) override;
    Status check() const override;
    Status start() override;
    void stop() noexcept override;

    Result<std::optional<User>> findByLogin(const Context& context,
                                            std::string_view login) const override;
    Result<std::optional<User>> findById(const Context& context,
                                         std::string_view id) const override;
    std::string spelling(std::string_view login) const override;
    Result<std::optional<User>> checkPassword(const Context& context, std::string_view login,
                                              const Secret& password) const override;
    /// In the order of the file.
    Result<UserPage> list(const Context& context, std::string_view after,
                          std::size_t limit) const override;

private:
    using Users = std::shared_ptr<const UserFile>;
    Users users() const;
    void readAgain() const;
    Status readFile() const;

    Host* host_ = nullptr;
    std::string weakest_;
    std::unique_ptr<PasswordHasher> hasher_;
    mutable std::mutex checking_;
    mutable std::unique_ptr<WatchedFile> file_;
    mutable SteadyPoint checked_{};
    mutable std::shared_mutex mutex_;
    mutable Users users_;
};

}  // namespace gatehouse
