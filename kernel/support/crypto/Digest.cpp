// SPDX-License-Identifier: Apache-2.0
#include "crypto/Digest.h"

#include "crypto/HmacContext.h"
#include "crypto/OpenSsl.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/params.h>

#include <array>
#include <vector>

namespace gatehouse {

namespace {

constexpr std::array<const char*, 3> names{"SHA2-256", "SHA2-384", "SHA2-512"};

std::size_t indexOf(Hash hash) {
    return static_cast<std::size_t>(hash);
}

/// Fetched once for the life of the process: a fetch costs more than a hash.
EVP_MD* methodOf(Hash hash) {
    static const std::array<EVP_MD*, 3> methods{EVP_MD_fetch(nullptr, names[0], nullptr),
                                                EVP_MD_fetch(nullptr, names[1], nullptr),
                                                EVP_MD_fetch(nullptr, names[2], nullptr)};
    return methods[indexOf(hash)];
}

/// This thread's context.
EVP_MAC_CTX* hmacContext(Hash hash) {
    thread_local std::array<MacContext, 3> contexts;
    auto& context = contexts[indexOf(hash)];
    if (context == nullptr) {
        context = newHmac(names[indexOf(hash)]);
    }
    return context.get();
}

unsigned char* place(std::string& out) {
    return reinterpret_cast<unsigned char*>(out.data());
}

}  // namespace

std::string digest(Hash hash, std::string_view data) {
    thread_local const DigestContext context(EVP_MD_CTX_new());
    auto* method = methodOf(hash);
    std::string out(static_cast<std::size_t>(EVP_MD_get_size(method)), '\0');
    require(EVP_DigestInit_ex(context.get(), method, nullptr) == 1 &&
                EVP_DigestUpdate(context.get(), data.data(), data.size()) == 1 &&
                EVP_DigestFinal_ex(context.get(), place(out), nullptr) == 1,
            "OpenSSL cannot hash");
    return out;
}

std::string hmac(Hash hash, std::string_view key, std::string_view data) {
    auto* context = hmacContext(hash);
    std::string out(static_cast<std::size_t>(EVP_MD_get_size(methodOf(hash))), '\0');
    std::size_t size = 0;
    require(EVP_MAC_init(context, bytesOf(key), key.size(), nullptr) == 1 &&
                EVP_MAC_update(context, bytesOf(data), data.size()) == 1 &&
                EVP_MAC_final(context, place(out), &size, out.size()) == 1 && size == out.size(),
            "OpenSSL cannot make an HMAC");
    return out;
}

bool constantTimeEqual(std::string_view left, std::string_view right) noexcept {
    return left.size() == right.size() &&
           CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

Secret hkdfSha256(const Secret& root, std::string_view label, std::size_t size) {
    static EVP_KDF* const method = EVP_KDF_fetch(nullptr, "HKDF", nullptr);
    const KdfContext context(EVP_KDF_CTX_new(method));
    std::string hash = names[indexOf(Hash::sha256)];
    const auto octets = [](const char* name, std::string_view bytes) {
        return OSSL_PARAM_construct_octet_string(
            name, const_cast<unsigned char*>(bytesOf(bytes)),  // NOLINT
            bytes.size());
    };
    const std::array<OSSL_PARAM, 4> settings{
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, hash.data(), 0),
        octets(OSSL_KDF_PARAM_KEY, root.view()), octets(OSSL_KDF_PARAM_INFO, label),
        OSSL_PARAM_construct_end()};
    std::vector<unsigned char> out(size);
    require(context != nullptr &&
                EVP_KDF_derive(context.get(), out.data(), size, settings.data()) == 1,
            "OpenSSL cannot derive a key");
    Secret derived(std::string_view(reinterpret_cast<const char*>(out.data()), size));
    OPENSSL_cleanse(out.data(), out.size());
    return derived;
}

}  // namespace gatehouse
