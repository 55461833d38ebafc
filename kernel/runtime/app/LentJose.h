// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>

#include <memory>

namespace gatehouse {

/// The Jose that plugins are lent. They may keep a reference before there is a key store; until one
/// is given, every call says that there is none. give() comes before the first call from another
/// thread.
class LentJose final : public Jose {
public:
    void give(std::unique_ptr<Jose> jose) { jose_ = std::move(jose); }

    Result<std::string> sign(const Context& context, std::string_view algorithm,
                             std::string_view type, std::string_view payload) override;
    Result<std::optional<VerifiedJwt>> verify(const Context& context,
                                              std::string_view text) override;
    std::optional<VerifiedJwt> verifyWith(const Value& jwks,
                                          const std::vector<std::string>& allowed,
                                          std::string_view text) override;
    std::optional<VerifiedJwt> verifyWith(const Secret& secret,
                                          const std::vector<std::string>& allowed,
                                          std::string_view text) override;
    std::optional<VerifiedJwt> peek(std::string_view text) const override;

private:
    std::unique_ptr<Jose> jose_;
};

}  // namespace gatehouse
