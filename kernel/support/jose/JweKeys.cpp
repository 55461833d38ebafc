// SPDX-License-Identifier: Apache-2.0
#include "jose/JweKeys.h"

#include "crypto/Digest.h"
#include "crypto/OpenSsl.h"
#include "text/Base64Url.h"

#include <openssl/crypto.h>

#include <cstdint>

namespace gatehouse {

namespace {

constexpr std::size_t wrapBlock = 8;
constexpr std::size_t longestKey = 64;

using Cipher = std::unique_ptr<EVP_CIPHER, Freed<EVP_CIPHER_free>>;

void appendNumber(std::string& out, std::size_t number) {
    for (int shift = 24; shift >= 0; shift -= 8) {
        out += static_cast<char>(number >> shift & 0xff);
    }
}

void appendSized(std::string& out, std::string_view bytes) {
    appendNumber(out, bytes.size());
    out += bytes;
}

/// Concat KDF with SHA-256 (NIST SP 800-56A section 5.8.1).
Secret concatKdf(const Secret& shared, std::string_view info, std::size_t size) {
    std::string key;
    for (std::size_t round = 1; key.size() < size; ++round) {
        std::string input;
        appendNumber(input, round);
        input.append(shared.view()).append(info);
        key += sha256(input);
        OPENSSL_cleanse(input.data(), input.size());
    }
    Secret agreed(std::string_view(key).substr(0, size));
    OPENSSL_cleanse(key.data(), key.size());
    return agreed;
}

/// Wraps or unwraps; nullopt when OpenSSL refuses.
std::optional<Secret> runWrap(const Secret& wrapping, std::string_view input, bool isWrapping) {
    const std::string name = "AES-" + std::to_string(wrapping.view().size() * 8) + "-WRAP";
    const Cipher method(EVP_CIPHER_fetch(nullptr, name.c_str(), nullptr));
    const CipherContext context(EVP_CIPHER_CTX_new());
    std::string output(input.size() + 2 * wrapBlock, '\0');
    int written = 0;
    const bool isDone =
        method != nullptr && context != nullptr &&
        EVP_CipherInit_ex2(context.get(), method.get(), bytesOf(wrapping.view()), nullptr,
                           isWrapping ? 1 : 0, nullptr) == 1 &&
        EVP_CipherUpdate(context.get(), reinterpret_cast<unsigned char*>(output.data()), &written,
                         bytesOf(input), static_cast<int>(input.size())) == 1 &&
        written > 0;
    auto done = isDone ? std::optional(Secret(
                             std::string_view(output).substr(0, static_cast<std::size_t>(written))))
                       : std::nullopt;
    OPENSSL_cleanse(output.data(), output.size());
    ERR_clear_error();
    return done;
}

}  // namespace

std::optional<Secret> agreedKey(const Secret& shared, const JweAlgorithm& algorithm,
                                const JweEncryption& encryption, const ValueMap& header) {
    const auto sender = fromBase64url(header.text("apu"));
    const auto recipient = fromBase64url(header.text("apv"));
    if (!sender || !recipient) {
        return std::nullopt;
    }
    const bool isDirect = algorithm.wrapSize == 0;
    const auto size = isDirect ? encryption.keySize : algorithm.wrapSize;
    std::string info;
    appendSized(info, isDirect ? encryption.name : algorithm.name);
    appendSized(info, *sender);
    appendSized(info, *recipient);
    appendNumber(info, size * 8);
    return concatKdf(shared, info, size);
}

std::string wrapKey(const Secret& wrapping, const Secret& key) {
    const auto wrapped = runWrap(wrapping, key.view(), true);
    require(wrapped.has_value(), "OpenSSL cannot wrap a key");
    return std::string(wrapped->view());
}

std::optional<Secret> unwrapKey(const Secret& wrapping, std::string_view wrapped) {
    if (wrapped.size() % wrapBlock != 0 || wrapped.size() < 3 * wrapBlock ||
        wrapped.size() > longestKey + wrapBlock) {
        return std::nullopt;
    }
    return runWrap(wrapping, wrapped, false);
}

}  // namespace gatehouse
