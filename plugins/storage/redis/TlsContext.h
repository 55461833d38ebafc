// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <openssl/ssl.h>

#include <memory>
#include <string>

namespace gatehouse {

/// What TLS connections share: the authorities that are believed. Threads: any.
class TlsContext {
public:
    using Session = std::unique_ptr<SSL, decltype(&SSL_free)>;

    /// `caFile`: PEM certificates, read as Keeping::own; empty: the system's. Throws RedisFailure.
    explicit TlsContext(const std::string& caFile);

    /// For a connected, non-blocking socket. The certificate must be for `host`.
    Session open(int socket, const std::string& host) const;

private:
    std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_;
};

}  // namespace gatehouse
