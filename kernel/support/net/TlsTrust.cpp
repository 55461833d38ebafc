// SPDX-License-Identifier: Apache-2.0
#include "net/TlsTrust.h"

#include "file/GivenFile.h"

#include <Poco/Exception.h>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <mutex>
#include <utility>

namespace gatehouse {
namespace {

constexpr std::size_t mostCaBytes = 4'194'304;
constexpr const char* ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20";

using Store = std::unique_ptr<X509_STORE, decltype(&X509_STORE_free)>;

Store makeStore() {
    return {X509_STORE_new(), &X509_STORE_free};
}

/// How many certificates the text had.
int addCertificates(X509_STORE* store, const std::string& text) {
    const std::unique_ptr<BIO, decltype(&BIO_free)> source(
        BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), &BIO_free);
    int added = 0;
    for (;;) {
        const std::unique_ptr<X509, decltype(&X509_free)> certificate(
            PEM_read_bio_X509(source.get(), nullptr, nullptr, nullptr), &X509_free);
        if (!certificate || X509_STORE_add_cert(store, certificate.get()) != 1) {
            ERR_clear_error();
            return added;
        }
        ++added;
    }
}

/// Remembers why, since OpenSSL's error only says that it failed.
int noteProblem(int isGood, X509_STORE_CTX* chain) {
    if (isGood == 0) {
        TlsTrust::problem() = X509_verify_cert_error_string(X509_STORE_CTX_get_error(chain));
    }
    return isGood;
}

}  // namespace

/// The system's authorities are some hundred, which take their time to be read.
struct TlsTrust::Authorities {
    std::string given;  ///< PEM
    std::once_flag once{};
    Store store = makeStore();

    X509_STORE* all() {
        std::call_once(once, [this] {
            if (!store || X509_STORE_set_default_paths(store.get()) != 1) {
                throw Poco::RuntimeException("OpenSSL has no store of certificates");
            }
            addCertificates(store.get(), given);
        });
        return store.get();
    }
};

Result<TlsTrust> TlsTrust::make(const std::string& caFile) {
    auto authorities = std::make_shared<Authorities>();
    if (caFile.empty()) {
        return TlsTrust(std::move(authorities));
    }
    auto file = readGivenFile(caFile, {Keeping::own, mostCaBytes});
    if (!file) {
        return file.error();
    }
    if (addCertificates(makeStore().get(), file->text) == 0) {
        return Error::badInput(caFile + " has no certificate (PEM)");
    }
    authorities->given = std::move(file->text);
    return TlsTrust(std::move(authorities));
}

/// POCO's own check of the name looks it up in the DNS, so OpenSSL checks it.
Poco::Net::Context::Ptr TlsTrust::contextFor(const std::string& host) const {
    using Poco::Net::Context;
    Context::Ptr context(
        new Context(Context::TLS_CLIENT_USE, "", Context::VERIFY_STRICT, 9, false, ciphers));
    context->requireMinimumProtocol(Context::PROTO_TLSV1_2);
    context->enableExtendedCertificateVerification(false);
    SSL_CTX* native = context->sslContext();
    SSL_CTX_set1_cert_store(native, authorities_->all());
    SSL_CTX_set_verify(native, SSL_VERIFY_PEER, &noteProblem);
    X509_VERIFY_PARAM* wanted = SSL_CTX_get0_param(native);
    X509_VERIFY_PARAM_set_hostflags(wanted, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    if (X509_VERIFY_PARAM_set1_ip_asc(wanted, host.c_str()) != 1 &&
        X509_VERIFY_PARAM_set1_host(wanted, host.c_str(), host.size()) != 1) {
        throw Poco::InvalidArgumentException("no name for a certificate: " + host);
    }
    return context;
}

std::string& TlsTrust::problem() {
    static thread_local std::string found;
    return found;
}

}  // namespace gatehouse
