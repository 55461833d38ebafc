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
using TlsContext = std::unique_ptr<SSL_CTX, Freed<SSL_CTX_free>>;
using TlsState = std::unique_ptr<SSL, Freed<SSL_free>>;

/// Why the last OpenSSL call of this thread failed; empties its error queue.
inline std::string opensslReason() {
    const char* reason = ERR_reason_error_string(ERR_peek_error());
    ERR_clear_error();
    return reason == nullptr ? "the connection ended" : reason;
}

}  // namespace gatehouse
