// SPDX-License-Identifier: Apache-2.0
#include "tls/ClientCertificate.h"

#include "crypto/CertificateList.h"

namespace gatehouse {

namespace {

constexpr std::size_t mostBytes = 32'768;  // of all that a client shows

int onCertificate(X509_STORE_CTX* shown, void* /*unused*/) {
    if (hasStrongKey(*X509_STORE_CTX_get0_cert(shown))) {
        return 1;
    }
    X509_STORE_CTX_set_error(shown, X509_V_ERR_EE_KEY_TOO_SMALL);
    return 0;
}

}  // namespace

void judgeClientCertificates(SSL_CTX& context) {
    SSL_CTX_set_cert_verify_callback(&context, onCertificate, nullptr);
}

void askForCertificate(SSL& state) {
    SSL_set_verify(&state, SSL_VERIFY_PEER, nullptr);
    SSL_set_max_cert_list(&state, mostBytes);
    SSL_set_options(&state, SSL_OP_NO_TICKET);
    SSL_set_num_tickets(&state, 0);
}

std::shared_ptr<const CertificateChain> certificateShown(const SSL& state) {
    const X509* own = SSL_get0_peer_certificate(&state);
    if (own == nullptr) {
        return nullptr;
    }
    auto chain = std::make_shared<CertificateChain>();
    chain->push_back(derOf(*own));
    const auto* others = SSL_get_peer_cert_chain(&state);  // a server's view: without its own
    for (int i = 0; i < sk_X509_num(others); ++i) {
        chain->push_back(derOf(*sk_X509_value(others, i)));
    }
    return chain;
}

}  // namespace gatehouse
