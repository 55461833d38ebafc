// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/point/UserStore.h>

#include "CsvUsers.h"

#include <optional>
#include <string>
#include <string_view>

namespace acme {

/// Users from the CSV file that Acme's personnel system exports; read once, when the server starts.
class AcmeUserStore final : public gatehouse::UserStore {
public:
    gatehouse::Status configure(const gatehouse::Config& config, gatehouse::Host& host) override;
    gatehouse::Status start() override;

    gatehouse::Result<std::optional<gatehouse::User>>
    findByLogin(const gatehouse::Context& context, std::string_view login) const override;
    gatehouse::Result<std::optional<gatehouse::User>> findById(const gatehouse::Context& context,
                                                               std::string_view id) const override;
    gatehouse::Result<std::optional<gatehouse::User>>
    checkPassword(const gatehouse::Context& context, std::string_view login,
                  const gatehouse::Secret& password) const override;

private:
    gatehouse::Host* host_ = nullptr;
    std::string path_;
    CsvUsers users_;
};

}  // namespace acme
