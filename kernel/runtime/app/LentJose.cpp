// SPDX-License-Identifier: Apache-2.0
#include "app/LentJose.h"

namespace gatehouse {

namespace {

Error noKeyStore() {
    return Error::unavailable("there is no key store");
}

}  // namespace

Result<std::string> LentJose::sign(const Context& context, std::string_view algorithm,
                                   std::string_view type, std::string_view payload) {
    if (jose_ == nullptr) {
        return noKeyStore();
    }
    return jose_->sign(context, algorithm, type, payload);
}

Result<std::optional<VerifiedJwt>> LentJose::verify(const Context& context, std::string_view text) {
    if (jose_ == nullptr) {
        return noKeyStore();
    }
    return jose_->verify(context, text);
}

std::optional<VerifiedJwt> LentJose::verifyWith(const Value& jwks,
                                                const std::vector<std::string>& allowed,
                                                std::string_view text) {
    return jose_ == nullptr ? std::nullopt : jose_->verifyWith(jwks, allowed, text);
}

std::optional<VerifiedJwt> LentJose::verifyWith(const Secret& secret,
                                                const std::vector<std::string>& allowed,
                                                std::string_view text) {
    return jose_ == nullptr ? std::nullopt : jose_->verifyWith(secret, allowed, text);
}

std::optional<VerifiedJwt> LentJose::peek(std::string_view text) const {
    return jose_ == nullptr ? std::nullopt : jose_->peek(text);
}

}  // namespace gatehouse
