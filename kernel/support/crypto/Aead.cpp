// SPDX-License-Identifier: Apache-2.0
#include "crypto/Aead.h"

#include "crypto/OpenSsl.h"
#include "crypto/RandomPool.h"

#include <openssl/crypto.h>

#include <climits>
#include <cstddef>
#include <memory>

namespace gatehouse {

namespace {

constexpr char version = 1;
constexpr std::size_t keySize = 32;
constexpr std::size_t nonceSize = 12;
constexpr std::size_t tagSize = 16;
constexpr std::size_t headSize = 1 + nonceSize;

/// This thread's context, ready for AES-256-GCM.
EVP_CIPHER_CTX* cipherContext() {
    static EVP_CIPHER* const method = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
    thread_local const CipherContext context(EVP_CIPHER_CTX_new());
    require(EVP_CipherInit_ex2(context.get(), method, nullptr, nullptr, 1, nullptr) == 1,
            "OpenSSL has no AES-256-GCM");
    return context.get();
}

/// Makes the context forget the key when it goes out of scope.
using Clean = std::unique_ptr<EVP_CIPHER_CTX, Freed<EVP_CIPHER_CTX_reset>>;

/// Runs the cipher over `bound` and `input`; `out` has room for the input.
bool run(EVP_CIPHER_CTX* context, std::string_view bound, std::string_view input,
         unsigned char* out) {
    int written = 0;
    return EVP_CipherUpdate(context, nullptr, &written, bytesOf(bound),
                            static_cast<int>(bound.size())) == 1 &&
           EVP_CipherUpdate(context, out, &written, bytesOf(input),
                            static_cast<int>(input.size())) == 1;
}

unsigned char* place(std::string& text, std::size_t offset) {
    return reinterpret_cast<unsigned char*>(text.data()) + offset;
}

bool fits(const Secret& key, std::string_view text, std::string_view bound) {
    return key.view().size() == keySize && text.size() < INT_MAX - headSize - tagSize &&
           bound.size() < INT_MAX;
}

/// Decrypts into `plain`, which has the ciphertext's size.
bool decrypt(const Secret& key, std::string_view sealed, std::string_view bound,
             std::string& plain) {
    auto* context = cipherContext();
    const Clean clean(context);
    const auto cipherText = sealed.substr(headSize, plain.size());
    std::string tag(sealed.substr(headSize + plain.size()));
    int written = 0;
    return EVP_DecryptInit_ex2(context, nullptr, bytesOf(key.view()), bytesOf(sealed.substr(1)),
                               nullptr) == 1 &&
           run(context, bound, cipherText, place(plain, 0)) &&
           EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, static_cast<int>(tagSize),
                               tag.data()) == 1 &&
           EVP_DecryptFinal_ex(context, place(plain, plain.size()), &written) == 1;
}

}  // namespace

std::string sealAes256Gcm(const Secret& key, std::string_view plain, std::string_view bound) {
    require(fits(key, plain, bound), "an AES-256-GCM key has 32 bytes, its text less than 2 GiB");
    auto* context = cipherContext();
    const Clean clean(context);
    std::string sealed;
    sealed.reserve(headSize + plain.size() + tagSize);
    sealed += version;
    sealed += randomBytes(nonceSize);
    sealed.resize(headSize + plain.size() + tagSize);
    auto* body = place(sealed, headSize);
    auto* tag = place(sealed, headSize + plain.size());
    int written = 0;
    require(EVP_EncryptInit_ex2(context, nullptr, bytesOf(key.view()), place(sealed, 1), nullptr) ==
                    1 &&
                run(context, bound, plain, body) &&
                EVP_EncryptFinal_ex(context, tag, &written) == 1 &&
                EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, static_cast<int>(tagSize),
                                    tag) == 1,
            "OpenSSL cannot seal");
    return sealed;
}

std::optional<Secret> openAes256Gcm(const Secret& key, std::string_view sealed,
                                    std::string_view bound) {
    if (sealed.size() < headSize + tagSize || sealed[0] != version || !fits(key, sealed, bound)) {
        return std::nullopt;
    }
    std::string plain(sealed.size() - headSize - tagSize, '\0');
    const bool isOpen = succeeded(decrypt(key, sealed, bound, plain) ? 1 : 0);
    auto opened = isOpen ? std::optional(Secret(plain)) : std::nullopt;
    OPENSSL_cleanse(plain.data(), plain.size());
    return opened;
}

}  // namespace gatehouse
