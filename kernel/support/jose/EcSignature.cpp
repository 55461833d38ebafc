// SPDX-License-Identifier: Apache-2.0
#include "jose/EcSignature.h"

#include "crypto/OpenSsl.h"

namespace gatehouse {

namespace {

BigNumber numberOf(std::string_view bytes) {
    return BigNumber(BN_bin2bn(bytesOf(bytes), static_cast<int>(bytes.size()), nullptr));
}

}  // namespace

std::optional<std::string> ecdsaFromDer(std::string_view der, std::size_t partSize) {
    const auto* cursor = bytesOf(der);
    const EcdsaSignature signature(d2i_ECDSA_SIG(nullptr, &cursor, static_cast<long>(der.size())));
    if (signature == nullptr) {
        ERR_clear_error();
        return std::nullopt;
    }
    std::string raw(2 * partSize, '\0');
    auto* place = reinterpret_cast<unsigned char*>(raw.data());
    const int size = static_cast<int>(partSize);
    const bool isWhole =
        BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), place, size) == size &&
        BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), place + partSize, size) == size;
    return isWhole ? std::optional(std::move(raw)) : std::nullopt;
}

std::optional<std::string> ecdsaToDer(std::string_view raw, std::size_t partSize) {
    if (raw.size() != 2 * partSize) {
        return std::nullopt;
    }
    const EcdsaSignature signature(ECDSA_SIG_new());
    auto r = numberOf(raw.substr(0, partSize));
    auto s = numberOf(raw.substr(partSize));
    if (signature == nullptr || ECDSA_SIG_set0(signature.get(), r.get(), s.get()) != 1) {
        ERR_clear_error();
        return std::nullopt;
    }
    static_cast<void>(r.release());
    static_cast<void>(s.release());
    unsigned char* bytes = nullptr;
    const int size = i2d_ECDSA_SIG(signature.get(), &bytes);
    if (size <= 0) {
        ERR_clear_error();
        return std::nullopt;
    }
    std::string der(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
    OPENSSL_free(bytes);
    return der;
}

}  // namespace gatehouse
