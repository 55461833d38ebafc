// SPDX-License-Identifier: Apache-2.0
#include "TlsContext.h"

#include "RedisFailure.h"

#include <openssl/x509v3.h>

namespace gatehouse {
namespace {

constexpr auto settings = RedisFailure::Cause::settings;

}  // namespace

TlsContext::TlsContext(const std::string& caFile)
    : context_(SSL_CTX_new(TLS_client_method()), &SSL_CTX_free) {
    if (!context_ || SSL_CTX_set_min_proto_version(context_.get(), TLS1_2_VERSION) != 1) {
        throw RedisFailure(settings, "TLS cannot be set up");
    }
    SSL_CTX_set_verify(context_.get(), SSL_VERIFY_PEER, nullptr);
    const bool isLoaded =
        caFile.empty()
            ? SSL_CTX_set_default_verify_paths(context_.get()) == 1
            : SSL_CTX_load_verify_locations(context_.get(), caFile.c_str(), nullptr) == 1;
    if (!isLoaded) {
        throw RedisFailure(settings, "ca_file: no certificates can be read from " + caFile);
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
