// SPDX-License-Identifier: Apache-2.0
#include "tls/CertificateSet.h"

#include "text/Lower.h"
#include "tls/ClientCertificate.h"

#include <algorithm>
#include <string>

namespace gatehouse {

namespace {

// RFC 9325 section 4.2, and no others.
constexpr const char* oldSuites = "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:"
                                  "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384";
constexpr const char* suites = "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384";
constexpr const char* groups = "X25519:P-256:P-384";
constexpr std::string_view protocol = "\x08http/1.1";
constexpr std::string_view sessionScope = "gatehouse";
constexpr int securityLevel = 2;  // 112 bits

/// "http/1.1", where the client offers it; whoever offers only other protocols is refused.
int onProtocols(SSL* /*state*/, const unsigned char** chosen, unsigned char* size,
                const unsigned char* offered, unsigned int offeredSize, void* /*unused*/) {
    unsigned char* found = nullptr;
    const int outcome =
        SSL_select_next_proto(&found, size, bytesOf(protocol),
                              static_cast<unsigned int>(protocol.size()), offered, offeredSize);
    *chosen = found;
    return outcome == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

bool setRules(SSL_CTX& context) {
    SSL_CTX_set_options(&context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    SSL_CTX_set_mode(&context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                   SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_session_cache_mode(&context, SSL_SESS_CACHE_OFF);  // tickets only
    SSL_CTX_set_read_ahead(&context, 1);
    SSL_CTX_set_security_level(&context, securityLevel);
    SSL_CTX_set_max_early_data(&context, 0);
    judgeClientCertificates(context);
    SSL_CTX_set_alpn_select_cb(&context, onProtocols, nullptr);
    return SSL_CTX_set_min_proto_version(&context, TLS1_2_VERSION) == 1 &&
           SSL_CTX_set_max_proto_version(&context, TLS1_3_VERSION) == 1 &&
           SSL_CTX_set_cipher_list(&context, oldSuites) == 1 &&
           SSL_CTX_set_ciphersuites(&context, suites) == 1 &&
           SSL_CTX_set1_groups_list(&context, groups) == 1 &&
           SSL_CTX_set_num_tickets(&context, 1) == 1 &&
           SSL_CTX_set_session_id_context(&context, bytesOf(sessionScope), sessionScope.size()) ==
               1;
}

bool setCertificate(SSL_CTX& context, const ServedCertificate& certificate) {
    const auto& chain = certificate.chain;
    return SSL_CTX_use_certificate(&context, chain.front().get()) == 1 &&
           SSL_CTX_use_PrivateKey(&context, certificate.key.get()) == 1 &&
           std::all_of(chain.begin() + 1, chain.end(), [&](const auto& issuer) {
               return SSL_CTX_add1_chain_cert(&context, issuer.get()) == 1;
           });
}

}  // namespace

Result<std::shared_ptr<const CertificateSet>>
CertificateSet::make(std::vector<ServedCertificate> certificates,
                     std::shared_ptr<TicketKeys> tickets) {
    const std::shared_ptr<CertificateSet> set(
        new CertificateSet(std::move(certificates), std::move(tickets)));
    for (const auto& certificate : set->certificates_) {
        if (const auto added = set->addContext(certificate); !added) {
            return added.error();
        }
    }
    return std::shared_ptr<const CertificateSet>(set);
}

Status CertificateSet::addContext(const ServedCertificate& certificate) {
    ERR_clear_error();
    TlsContext context(SSL_CTX_new(TLS_server_method()));
    if (context == nullptr || !setRules(*context) || !setCertificate(*context, certificate)) {
        return Error::badInput("OpenSSL does not serve it: " + opensslReason());
    }
    tickets_->serve(*context);
    SSL_CTX_set_tlsext_servername_callback(context.get(), onServerName);
    SSL_CTX_set_tlsext_servername_arg(context.get(), this);
    contexts_.push_back(std::move(context));
    return done();
}

TlsState CertificateSet::newState() const {
    TlsState state(SSL_new(contexts_.front().get()));
    require(state != nullptr, "cannot make a TLS connection");
    return state;
}

int CertificateSet::onServerName(SSL* state, int* /*alert*/, void* self) {
    const auto& set = *static_cast<const CertificateSet*>(self);
    const char* name = SSL_get_servername(state, TLSEXT_NAMETYPE_host_name);
    if (name == nullptr) {
        return SSL_TLSEXT_ERR_NOACK;
    }
    const std::string host = lowered(name);
    for (std::size_t i = 0; i < set.contexts_.size(); ++i) {
        if (namesHost(set.certificates_[i].names, host)) {
            SSL_set_SSL_CTX(state, set.contexts_[i].get());
            return SSL_TLSEXT_ERR_OK;
        }
    }
    return SSL_TLSEXT_ERR_NOACK;
}

}  // namespace gatehouse
