// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/x509.h>

#include <memory>
#include <stdexcept>
#include <string_view>

namespace gatehouse {

/// Frees an OpenSSL object.
template <auto free> struct Freed {
    template <class T> void operator()(T* object) const noexcept { free(object); }
};

using BigNumber = std::unique_ptr<BIGNUM, Freed<BN_free>>;
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, Freed<EVP_CIPHER_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;
using MacContext = std::unique_ptr<EVP_MAC_CTX, Freed<EVP_MAC_CTX_free>>;
using KdfContext = std::unique_ptr<EVP_KDF_CTX, Freed<EVP_KDF_CTX_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Freed<EVP_PKEY_CTX_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using EcdsaSignature = std::unique_ptr<ECDSA_SIG, Freed<ECDSA_SIG_free>>;
using Pkcs8 = std::unique_ptr<PKCS8_PRIV_KEY_INFO, Freed<PKCS8_PRIV_KEY_INFO_free>>;

/// Did an OpenSSL call succeed? Empties the thread's error queue when not: a later TLS call would
/// trip over it.
inline bool succeeded(int result) noexcept {
    if (result == 1) {
        return true;
    }
    ERR_clear_error();
    return false;
}

/// 112 bits or more: RSA of 2048, P-224 (RFC 9325 section 4.5).
inline bool hasStrongKey(const X509& certificate) {
    constexpr int leastBits = 112;
    const EVP_PKEY* key = X509_get0_pubkey(&certificate);
    return key != nullptr && EVP_PKEY_get_security_bits(key) >= leastBits;
}

/// For what fails only without memory or with a broken OpenSSL; throws std::runtime_error.
inline void require(bool isDone, const char* what) {
    if (!isDone) {
        ERR_clear_error();
        throw std::runtime_error(what);
    }
}

/// OpenSSL's view of bytes; never null, as it treats null as absent.
inline const unsigned char* bytesOf(std::string_view text) noexcept {
    return reinterpret_cast<const unsigned char*>(text.data() == nullptr ? "" : text.data());
}

}  // namespace gatehouse
