// SPDX-License-Identifier: Apache-2.0
#include "TrustAnchors.h"

#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/x509_vfy.h>

namespace gatehouse {

namespace {

using Bio = std::unique_ptr<BIO, Freed<BIO_free_all>>;
using Path = std::unique_ptr<X509_STORE_CTX, Freed<X509_STORE_CTX_free>>;

void freeStack(STACK_OF(X509) * stack) {
    sk_X509_free(stack);
}
using Stack = std::unique_ptr<STACK_OF(X509), Freed<freeStack>>;

/// All but the first, which they stay the property of.
Stack othersOf(const std::vector<Certificate>& shown) {
    Stack others(sk_X509_new_null());
    for (std::size_t i = 1; i < shown.size(); ++i) {
        require(sk_X509_push(others.get(), shown[i].get()) > 0, "no memory for certificates");
    }
    return others;
}

void demand(X509_STORE_CTX& path, TimePoint now) {
    constexpr int mostBetween = 9;
    constexpr int bits112 = 2;
    require(X509_STORE_CTX_set_default(&path, "ssl_client") == 1, "OpenSSL knows no clients");
    auto* wanted = X509_STORE_CTX_get0_param(&path);
    X509_VERIFY_PARAM_set_time(wanted, toSeconds(now));
    X509_VERIFY_PARAM_set_depth(wanted, mostBetween);
    X509_VERIFY_PARAM_set_auth_level(wanted, bits112);
    // Whoever is named is an anchor, also one whom another vouches for.
    X509_VERIFY_PARAM_set_flags(wanted, X509_V_FLAG_PARTIAL_CHAIN);
}

}  // namespace

Result<TrustAnchors> TrustAnchors::read(const std::string& pem, const std::string& file) {
    TrustAnchors anchors;
    anchors.store_.reset(X509_STORE_new(), X509_STORE_free);
    const Bio source(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    bool isAny = false;
    for (;;) {
        const Certificate one(PEM_read_bio_X509(source.get(), nullptr, nullptr, nullptr));
        if (one == nullptr) {
            break;
        }
        require(X509_STORE_add_cert(anchors.store_.get(), one.get()) == 1, "no memory for anchors");
        isAny = true;
    }
    const bool isWhole = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
    ERR_clear_error();
    if (!isAny || !isWhole) {
        return Error::badInput(
            file + (isAny ? ": a certificate in it is damaged" : " has no certificate (PEM)"));
    }
    return anchors;
}

std::string TrustAnchors::problem(const std::vector<Certificate>& shown, TimePoint now) const {
    const Path path(X509_STORE_CTX_new());
    const auto others = othersOf(shown);
    require(X509_STORE_CTX_init(path.get(), store_.get(), shown.front().get(), others.get()) == 1,
            "no memory for a path of certificates");
    demand(*path, now);
    if (succeeded(X509_verify_cert(path.get()))) {
        return {};
    }
    return std::string(X509_verify_cert_error_string(X509_STORE_CTX_get_error(path.get()))) +
           " (certificate " + std::to_string(X509_STORE_CTX_get_error_depth(path.get()) + 1) +
           " of the chain)";
}

}  // namespace gatehouse
