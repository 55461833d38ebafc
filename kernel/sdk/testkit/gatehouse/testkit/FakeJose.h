// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::testkit {

/// Signs nothing and believes nothing: sign() answers "<algorithm>.<type>.<payload>", every
/// verification says nullopt. A test that needs tokens puts a real one into FakeHost.
class FakeJose final : public Jose {
public:
    Result<std::string> sign(const Context&, std::string_view algorithm, std::string_view type,
                             std::string_view payload) override {
        return std::string(algorithm) + "." + std::string(type) + "." + std::string(payload);
    }
    Result<std::optional<VerifiedJwt>> verify(const Context&, std::string_view /*text*/) override {
        return std::optional<VerifiedJwt>{};
    }
    std::optional<VerifiedJwt> verifyWith(const Value& /*jwks*/,
                                          const std::vector<std::string>& /*allowed*/,
                                          std::string_view /*text*/) override {
        return std::nullopt;
    }
    std::optional<VerifiedJwt> verifyWith(const Secret& /*secret*/,
                                          const std::vector<std::string>& /*allowed*/,
                                          std::string_view /*text*/) override {
        return std::nullopt;
    }
    std::optional<VerifiedJwt> peek(std::string_view /*text*/) const override {
        return std::nullopt;
    }
};

}  // namespace gatehouse::testkit
