// SPDX-License-Identifier: Apache-2.0
#include "TlsContext.h"

#include "RedisFailure.h"
#include "file/GivenFile.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstddef>

namespace gatehouse {
namespace {

constexpr auto settings = RedisFailure::Cause::settings;
constexpr FileWish certificatesWish{Keeping::own, 4U << 20U};

/// Adds every certificate of the text; how many there were.
std::size_t addAll(X509_STORE* store, const std::string& text) {
    const std::unique_ptr<BIO, decltype(&BIO_free)> source(
        BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), &BIO_free);
    std::size_t added = 0;
    for (;;) {
        const std::unique_ptr<X509, decltype(&X509_free)> certificate(
            PEM_read_bio_X509(source.get(), nullptr, nullptr, nullptr), &X509_free);
        if (!certificate || X509_STORE_add_cert(store, certificate.get()) != 1) {
            ERR_clear_error();  // the end of the text is one
            return added;
        }
        ++added;
    }
}

void believe(SSL_CTX* context, const std::string& caFile) {
    const auto file = readGivenFile(caFile, certificatesWish);
    if (!file) {
        throw RedisFailure(settings, "ca_file: " + file.error().detail);
    }
    if (addAll(SSL_CTX_get_cert_store(context), file->text) == 0) {
        throw RedisFailure(settings, "ca_file: no certificates can be read from " + caFile);
    }
}

}  // namespace

TlsContext::TlsContext(const std::string& caFile)
    : context_(SSL_CTX_new(TLS_client_method()), &SSL_CTX_free) {
    if (!context_ || SSL_CTX_set_min_proto_version(context_.get(), TLS1_2_VERSION) != 1) {
        throw RedisFailure(settings, "TLS cannot be set up");
    }
    SSL_CTX_set_verify(context_.get(), SSL_VERIFY_PEER, nullptr);
    if (!caFile.empty()) {
        believe(context_.get(), caFile);
    } else if (SSL_CTX_set_default_verify_paths(context_.get()) != 1) {
        throw RedisFailure(settings, "the system's certificates cannot be read");
    }
}

TlsContext::Session TlsContext::open(int socket, const std::string& host) const {
    Session session(SSL_new(context_.get()), &SSL_free);
    if (!session || SSL_set_fd(session.get(), socket) != 1) {
        throw RedisFailure(RedisFailure::Cause::away, "no memory for TLS");
    }
    X509_VERIFY_PARAM* wanted = SSL_get0_param(session.get());
    const bool isAddress = X509_VERIFY_PARAM_set1_ip_asc(wanted, host.c_str()) == 1;
    if (!isAddress && (SSL_set1_host(session.get(), host.c_str()) != 1 ||
                       SSL_set_tlsext_host_name(session.get(), host.c_str()) != 1)) {
        throw RedisFailure(settings, "\"" + host + "\" is no name for a certificate");
    }
    SSL_set_connect_state(session.get());
    return session;
}

}  // namespace gatehouse
