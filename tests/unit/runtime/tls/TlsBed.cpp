// SPDX-License-Identifier: Apache-2.0
#include "TlsBed.h"

#include <cppunit/TestAssert.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <fstream>

namespace gatehouse {

namespace {

std::string textOf(BIO& bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(&bio, &data);
    return {data, static_cast<std::size_t>(size)};
}

Certificate selfSigned(EVP_PKEY& key, TimePoint expires) {
    Certificate certificate(X509_new());
    X509_set_version(certificate.get(), 2);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
    ASN1_TIME_set(X509_getm_notAfter(certificate.get()), toSeconds(expires));
    X509_set_pubkey(certificate.get(), &key);
    const std::unique_ptr<X509_EXTENSION, Freed<X509_EXTENSION_free>> names(
        X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, "DNS:LocalHost,IP:127.0.0.1"));
    X509_add_ext(certificate.get(), names.get(), -1);
    X509_sign(certificate.get(), &key, EVP_sha256());
    return certificate;
}

}  // namespace

TlsBed::TlsBed() {
    std::array<char, 32> name{"/tmp/gatehouse-tls-XXXXXX"};
    folder = ::mkdtemp(name.data());
    files = {folder / "chain.pem", folder / "key.pem"};
    issue(clock.now() + std::chrono::hours{24 * 30});
    certificates =
        std::make_unique<Certificates>(std::vector<CertificateFiles>{files}, clock, log, metrics);
    const auto opened = certificates->open();
    CPPUNIT_ASSERT_MESSAGE(opened ? "" : opened.error().detail, bool(opened));
}

TlsBed::~TlsBed() {
    std::filesystem::remove_all(folder);
}

void TlsBed::issue(TimePoint expires) {
    const Key key(EVP_EC_gen("P-256"));
    const Bio chain(BIO_new(BIO_s_mem()));
    const Bio secret(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(chain.get(), selfSigned(*key, expires).get());
    PEM_write_bio_PrivateKey(secret.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    write(files.certificate, textOf(*chain));
    write(files.key, textOf(*secret));
}

void TlsBed::write(const std::string& file, const std::string& text) const {
    std::ofstream(file) << text;
    ::chmod(file.c_str(), 0600);
}

TlsPair::TlsPair(const TlsBed& bed, int version, SSL_SESSION* session)
    : ends_{-1, -1}, context_(SSL_CTX_new(TLS_client_method())) {
    CPPUNIT_ASSERT_EQUAL(0, ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends_));
    SSL_CTX_set_min_proto_version(context_.get(), version);
    SSL_CTX_set_max_proto_version(context_.get(), version);
    client.reset(SSL_new(context_.get()));
    SSL_set_fd(client.get(), ends_[0]);
    SSL_set_connect_state(client.get());
    if (session != nullptr) {
        SSL_set_session(client.get(), session);
    }
    server = std::make_unique<TlsSession>(bed.certificates->current(), ends_[1], false);
}

TlsPair::~TlsPair() {
    SSL_set_shutdown(client.get(), SSL_SENT_SHUTDOWN);  // or the session counts as a bad one
    ::close(ends_[0]);
    ::close(ends_[1]);
}

Transfer TlsPair::agree() {
    constexpr int mostSteps = 10;
    Transfer outcome = Transfer::none;
    for (int step = 0; step < mostSteps && outcome == Transfer::none; ++step) {
        SSL_do_handshake(client.get());
        outcome = server->handshake();
    }
    SSL_do_handshake(client.get());
    ERR_clear_error();
    return outcome;
}

std::string TlsPair::read() {
    std::string text(65'536, '\0');
    std::size_t count = 0;
    SSL_read_ex(client.get(), text.data(), text.size(), &count);
    text.resize(count);
    return text;
}

void TlsPair::tellServer(const std::string& text) const {
    std::size_t count = 0;
    CPPUNIT_ASSERT_EQUAL(1, SSL_write_ex(client.get(), text.data(), text.size(), &count));
}

}  // namespace gatehouse
