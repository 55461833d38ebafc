// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Checkable.h>
#include <gatehouse/Host.h>
#include <gatehouse/point/UserStore.h>

#include "CsvUsers.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace acme_plugin {

/// Users from the CSV file that Acme's personnel system exports; read again when it has changed. A
/// file that is wrong then is told in the log, and the users read before stay.
class AcmeUserStore final : public gatehouse::With<gatehouse::UserStore, gatehouse::Checkable> {
public:
    gatehouse::Status configure(const gatehouse::Config& config, gatehouse::Host& host) override;
    gatehouse::Status check() const override;
    gatehouse::Status start() override;

    gatehouse::Result<std::optional<gatehouse::User>>
    findByLogin(const gatehouse::Context& context, std::string_view login) const override;
    gatehouse::Result<std::optional<gatehouse::User>> findById(const gatehouse::Context& context,
                                                               std::string_view id) const override;
    gatehouse::Result<std::optional<gatehouse::User>>
    checkPassword(const gatehouse::Context& context, std::string_view login,
                  const gatehouse::Secret& password) const override;

private:
    using Users = std::shared_ptr<const CsvUsers>;
    /// What tells one export from the next: time and size.
    using Stamp = std::pair<std::filesystem::file_time_type, std::uintmax_t>;

    Stamp stamp() const;
    gatehouse::Status read() const;
    /// Those of the file as it is now; they stay what they are while the caller holds them.
    Users users() const;

    gatehouse::Host* host_ = nullptr;
    std::string path_;
    mutable std::mutex mutex_;  // over what follows
    mutable Stamp seen_;
    mutable Users users_;
};

}  // namespace acme_plugin
