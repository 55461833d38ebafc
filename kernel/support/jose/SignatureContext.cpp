// SPDX-License-Identifier: Apache-2.0
#include "jose/SignatureContext.h"

#include "jose/EcSignature.h"

#include <openssl/rsa.h>

#include <array>
#include <cstddef>

namespace gatehouse {

namespace {

constexpr std::size_t edwardsSize = 64;
constexpr std::size_t largestSignature = 2048;  // RSA of 16384 bits

const EVP_MD* digestOf(Hash hash) {
    switch (hash) {
    case Hash::sha384: return EVP_sha384();
    case Hash::sha512: return EVP_sha512();
    default: return EVP_sha256();
    }
}

/// RFC 7518 section 3.5: MGF1 with the same hash, salt as long as the hash.
bool setPadding(EVP_PKEY_CTX* context, const Algorithm& algorithm) {
    if (algorithm.scheme == Scheme::rsaPkcs1) {
        return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1;
    }
    if (algorithm.scheme == Scheme::rsaPss) {
        return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1 &&
               EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) == 1;
    }
    return true;
}

/// What RFC 8017 sections 8.1.2 and 8.2.2 ask for in step 1. OpenSSL takes a PSS signature without
/// its leading zeros.
std::size_t rsaSize(EVP_PKEY_CTX* context) {
    return static_cast<std::size_t>(EVP_PKEY_get_size(EVP_PKEY_CTX_get0_pkey(context)));
}

}  // namespace

std::optional<SignatureContext> SignatureContext::make(EVP_PKEY* key, const Algorithm& algorithm,
                                                       Purpose purpose) {
    SignatureContext made(algorithm);
    if (algorithm.scheme == Scheme::hmac || !made.begin(key, purpose)) {
        ERR_clear_error();
        return std::nullopt;
    }
    return made;
}

bool SignatureContext::begin(EVP_PKEY* key, Purpose purpose) {
    if (algorithm_->scheme == Scheme::eddsa) {
        key_ = key;
        edwards_.reset(EVP_MD_CTX_new());
        return edwards_ != nullptr;
    }
    context_.reset(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
    if (context_ == nullptr) {
        return false;
    }
    const int begun = purpose == Purpose::sign ? EVP_PKEY_sign_init(context_.get())
                                               : EVP_PKEY_verify_init(context_.get());
    return begun == 1 && setPadding(context_.get(), *algorithm_) &&
           EVP_PKEY_CTX_set_signature_md(context_.get(), digestOf(algorithm_->hash)) == 1;
}

std::optional<std::string> SignatureContext::sign(std::string_view input) {
    if (algorithm_->scheme == Scheme::eddsa) {
        return signEdwards(input);
    }
    const auto hashed = digest(algorithm_->hash, input);
    std::array<unsigned char, largestSignature>
        bytes;  // NOLINT(cppcoreguidelines-pro-type-member-init)
    std::size_t size = bytes.size();
    if (!succeeded(
            EVP_PKEY_sign(context_.get(), bytes.data(), &size, bytesOf(hashed), hashed.size()))) {
        return std::nullopt;
    }
    std::string signature(reinterpret_cast<const char*>(bytes.data()), size);
    return algorithm_->scheme == Scheme::ecdsa ? ecdsaFromDer(signature, algorithm_->partSize)
                                               : std::optional(std::move(signature));
}

bool SignatureContext::verify(std::string_view input, std::string_view signature) {
    if (algorithm_->scheme == Scheme::eddsa) {
        return verifyEdwards(input, signature);
    }
    const auto hashed = digest(algorithm_->hash, input);
    if (algorithm_->scheme != Scheme::ecdsa) {
        return signature.size() == rsaSize(context_.get()) &&
               succeeded(EVP_PKEY_verify(context_.get(), bytesOf(signature), signature.size(),
                                         bytesOf(hashed), hashed.size()));
    }
    const auto der = ecdsaToDer(signature, algorithm_->partSize);
    return der && succeeded(EVP_PKEY_verify(context_.get(), bytesOf(*der), der->size(),
                                            bytesOf(hashed), hashed.size()));
}

std::optional<std::string> SignatureContext::signEdwards(std::string_view input) {
    std::string signature(edwardsSize, '\0');
    auto* place = reinterpret_cast<unsigned char*>(signature.data());
    std::size_t size = signature.size();
    const bool isSigned =
        succeeded(EVP_MD_CTX_reset(edwards_.get())) &&
        succeeded(EVP_DigestSignInit(edwards_.get(), nullptr, nullptr, nullptr, key_)) &&
        succeeded(EVP_DigestSign(edwards_.get(), place, &size, bytesOf(input), input.size()));
    return isSigned && size == edwardsSize ? std::optional(std::move(signature)) : std::nullopt;
}

bool SignatureContext::verifyEdwards(std::string_view input, std::string_view signature) {
    return signature.size() == edwardsSize && succeeded(EVP_MD_CTX_reset(edwards_.get())) &&
           succeeded(EVP_DigestVerifyInit(edwards_.get(), nullptr, nullptr, nullptr, key_)) &&
           succeeded(EVP_DigestVerify(edwards_.get(), bytesOf(signature), signature.size(),
                                      bytesOf(input), input.size()));
}

}  // namespace gatehouse
