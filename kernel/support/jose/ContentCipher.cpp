// SPDX-License-Identifier: Apache-2.0
#include "jose/ContentCipher.h"

#include "crypto/OpenSsl.h"
#include "crypto/RandomPool.h"

#include <openssl/crypto.h>

#include <cstddef>
#include <cstdint>

namespace gatehouse {

namespace {

constexpr std::size_t blockSize = 16;
enum class Way { decrypt, encrypt };

using Cipher = std::unique_ptr<EVP_CIPHER, Freed<EVP_CIPHER_free>>;

/// Ready to run; null when OpenSSL refuses.
CipherContext contextOf(const JweEncryption& encryption, std::string_view key,
                        std::string_view nonce, Way way) {
    const Cipher method(EVP_CIPHER_fetch(nullptr, encryption.cipher, nullptr));
    CipherContext context(EVP_CIPHER_CTX_new());
    const bool isReady =
        method != nullptr && context != nullptr &&
        EVP_CipherInit_ex2(context.get(), method.get(), bytesOf(key), bytesOf(nonce),
                           way == Way::encrypt ? 1 : 0, nullptr) == 1;
    return isReady ? std::move(context) : nullptr;
}

/// The text, as far as it can be told before its end is; nullopt when OpenSSL refuses.
std::optional<std::string> run(EVP_CIPHER_CTX* context, std::string_view input) {
    std::string output(input.size() + blockSize, '\0');
    auto* bytes = reinterpret_cast<unsigned char*>(output.data());
    int written = 0;
    int last = 0;
    const bool isDone = EVP_CipherUpdate(context, bytes, &written, bytesOf(input),
                                         static_cast<int>(input.size())) == 1 &&
                        EVP_CipherFinal_ex(context, bytes + written, &last) == 1;
    if (!isDone) {
        OPENSSL_cleanse(output.data(), output.size());
        return std::nullopt;
    }
    output.resize(static_cast<std::size_t>(written) + static_cast<std::size_t>(last));
    return output;
}

bool bind(EVP_CIPHER_CTX* context, std::string_view bound) {
    int written = 0;
    return EVP_CipherUpdate(context, nullptr, &written, bytesOf(bound),
                            static_cast<int>(bound.size())) == 1;
}

/// RFC 7518 section 5.2.2.1: the MAC over header, nonce, text and the header's length in bits.
std::string macTag(const JweEncryption& encryption, std::string_view key, std::string_view bound,
                   std::string_view nonce, std::string_view content) {
    std::string input(bound);
    input.append(nonce).append(content);
    const std::uint64_t bits = std::uint64_t{bound.size()} * 8;
    for (int shift = 56; shift >= 0; shift -= 8) {
        input += static_cast<char>(bits >> shift & 0xff);
    }
    return hmac(encryption.hash, key, input).substr(0, encryption.tagSize);
}

std::string_view macKey(const JweEncryption& encryption, const Secret& key) {
    return key.view().substr(0, encryption.keySize / 2);
}

std::string_view cipherKey(const JweEncryption& encryption, const Secret& key) {
    return encryption.isGcm ? key.view() : key.view().substr(encryption.keySize / 2);
}

std::string gcmTag(EVP_CIPHER_CTX* context, std::size_t size) {
    std::string tag(size, '\0');
    require(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, static_cast<int>(size),
                                tag.data()) == 1,
            "OpenSSL gives no tag");
    return tag;
}

bool setGcmTag(EVP_CIPHER_CTX* context, std::string tag) {
    return EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, static_cast<int>(tag.size()),
                               tag.data()) == 1;
}

}  // namespace

CipherText encryptContent(const JweEncryption& encryption, const Secret& key,
                          std::string_view plain, std::string_view bound) {
    CipherText text;
    text.nonce = randomBytes(encryption.nonceSize);
    const auto context =
        contextOf(encryption, cipherKey(encryption, key), text.nonce, Way::encrypt);
    require(context != nullptr && (!encryption.isGcm || bind(context.get(), bound)),
            "OpenSSL cannot encrypt");
    auto content = run(context.get(), plain);
    require(content.has_value(), "OpenSSL cannot encrypt");
    text.content = *std::move(content);
    text.tag = encryption.isGcm
                   ? gcmTag(context.get(), encryption.tagSize)
                   : macTag(encryption, macKey(encryption, key), bound, text.nonce, text.content);
    return text;
}

std::optional<std::string> decryptContent(const JweEncryption& encryption, const Secret& key,
                                          const CipherText& text, std::string_view bound) {
    const auto context =
        contextOf(encryption, cipherKey(encryption, key), text.nonce, Way::decrypt);
    require(context != nullptr, "OpenSSL cannot decrypt");
    const bool isGenuine = encryption.isGcm
                               ? bind(context.get(), bound) && setGcmTag(context.get(), text.tag)
                               : constantTimeEqual(macTag(encryption, macKey(encryption, key),
                                                          bound, text.nonce, text.content),
                                                   text.tag);
    auto plain = isGenuine ? run(context.get(), text.content) : std::nullopt;
    ERR_clear_error();
    return plain;
}

}  // namespace gatehouse
