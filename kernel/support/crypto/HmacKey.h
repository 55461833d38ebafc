// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Secret.h>

#include "crypto/OpenSsl.h"

#include <atomic>
#include <string>
#include <string_view>
#include <utility>

namespace gatehouse {

/// HMAC with SHA-256 (RFC 2104) under one key, which is hashed in once and not with every text.
/// Threads: any.
class HmacKey {
public:
    explicit HmacKey(Secret key) : key_(std::move(key)) {}
    HmacKey(const HmacKey&) = delete;
    HmacKey& operator=(const HmacKey&) = delete;
    ~HmacKey() { EVP_MAC_CTX_free(ready_); }

    /// 32 bytes. Throws std::runtime_error when OpenSSL fails (no memory).
    std::string of(std::string_view data) const;

private:
    MacContext begin() const;

    Secret key_;
    /// One that has the key; whoever finds it in use makes another.
    mutable std::atomic<EVP_MAC_CTX*> ready_{nullptr};
};

}  // namespace gatehouse
