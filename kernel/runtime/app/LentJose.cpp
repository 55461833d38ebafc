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

Result<std::string> LentJose::encryptFor(const Value& jwks, std::string_view algorithm,
                                         std::string_view encryption, std::string_view contentType,
                                         std::string_view plain) {
    if (jose_ == nullptr) {
        return noKeyStore();
    }
    return jose_->encryptFor(jwks, algorithm, encryption, contentType, plain);
}

Result<std::optional<DecryptedJwe>> LentJose::decrypt(const Context& context,
                                                      std::string_view text) {
    if (jose_ == nullptr) {
        return noKeyStore();
    }
    return jose_->decrypt(context, text);
}

std::vector<std::string_view> LentJose::decryptionAlgorithms() const {
    return jose_ == nullptr ? std::vector<std::string_view>() : jose_->decryptionAlgorithms();
}

std::vector<std::string_view> LentJose::signingAlgorithms() const {
    return jose_ == nullptr ? std::vector<std::string_view>() : jose_->signingAlgorithms();
}

}  // namespace gatehouse
