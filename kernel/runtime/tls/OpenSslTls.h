// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/OpenSsl.h"

#include <openssl/bio.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <memory>
#include <string>

namespace gatehouse {

using Bio = std::unique_ptr<BIO, Freed<BIO_free_all>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using TlsContext = std::unique_ptr<SSL_CTX, Freed<SSL_CTX_free>>;
using TlsState = std::unique_ptr<SSL, Freed<SSL_free>>;

/// 112 bits or more: RSA of 2048, P-224 (RFC 9325 section 4.5).
inline bool hasStrongKey(const X509& certificate) {
    constexpr int leastBits = 112;
    const EVP_PKEY* key = X509_get0_pubkey(&certificate);
    return key != nullptr && EVP_PKEY_get_security_bits(key) >= leastBits;
}

/// Why the last OpenSSL call of this thread failed; empties its error queue.
inline std::string opensslReason() {
    const char* reason = ERR_reason_error_string(ERR_peek_error());
    ERR_clear_error();
    return reason == nullptr ? "the connection ended" : reason;
}

}  // namespace gatehouse
