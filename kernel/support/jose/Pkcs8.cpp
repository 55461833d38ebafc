// SPDX-License-Identifier: Apache-2.0
#include "jose/Pkcs8.h"

#include <openssl/crypto.h>

#include <cstddef>

namespace gatehouse {

Key readPkcs8(std::string_view der) {
    const auto* cursor = bytesOf(der);
    const Pkcs8 info(d2i_PKCS8_PRIV_KEY_INFO(nullptr, &cursor, static_cast<long>(der.size())));
    if (info == nullptr || cursor != bytesOf(der) + der.size()) {
        ERR_clear_error();
        return nullptr;
    }
    return Key(EVP_PKCS82PKEY(info.get()));
}

Secret writePkcs8(EVP_PKEY* key) {
    const Pkcs8 info(EVP_PKEY2PKCS8(key));
    unsigned char* bytes = nullptr;
    const int size = info == nullptr ? 0 : i2d_PKCS8_PRIV_KEY_INFO(info.get(), &bytes);
    require(size > 0, "OpenSSL cannot write a private key");
    Secret der(
        std::string_view(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size)));
    OPENSSL_clear_free(bytes, static_cast<std::size_t>(size));
    return der;
}

}  // namespace gatehouse
