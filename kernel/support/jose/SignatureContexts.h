// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/OpenSsl.h"
#include "jose/SignatureContext.h"

#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// A key and its ready contexts: as many as threads ever used it at the same time. A context made
/// anew for each signature costs a quarter of the rate of ES256 when threads share a key. Any
/// thread.
class SignatureContexts {
public:
    SignatureContexts(Key key, Purpose purpose) : key_(std::move(key)), purpose_(purpose) {}

    EVP_PKEY* key() const noexcept { return key_.get(); }
    std::optional<std::string> sign(const Algorithm& algorithm, std::string_view input);
    bool verify(const Algorithm& algorithm, std::string_view input, std::string_view signature);

private:
    std::optional<SignatureContext> take(const Algorithm& algorithm);
    void giveBack(SignatureContext context);

    const Key key_;
    const Purpose purpose_;
    std::mutex mutex_;
    std::vector<SignatureContext> idle_;
};

}  // namespace gatehouse
