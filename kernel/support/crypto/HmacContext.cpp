// SPDX-License-Identifier: Apache-2.0
#include "crypto/HmacContext.h"

#include <openssl/core_names.h>
#include <openssl/params.h>

#include <array>

namespace gatehouse {

MacContext newHmac(std::string hash) {
    static EVP_MAC* const method = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
    MacContext context(EVP_MAC_CTX_new(method));
    const std::array<OSSL_PARAM, 2> settings{
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, hash.data(), 0),
        OSSL_PARAM_construct_end()};
    require(context != nullptr && EVP_MAC_CTX_set_params(context.get(), settings.data()) == 1,
            "OpenSSL cannot make an HMAC");
    return context;
}

}  // namespace gatehouse
