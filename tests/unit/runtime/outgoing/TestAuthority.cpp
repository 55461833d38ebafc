// SPDX-License-Identifier: Apache-2.0
#include "TestAuthority.h"

#include <cppunit/TestAssert.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdlib>
#include <filesystem>
#include <memory>

namespace gatehouse {
namespace {

constexpr long day = 86'400;

void extend(X509* certificate, int kind, const std::string& value) {
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str());
    CPPUNIT_ASSERT(extension != nullptr);
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

}  // namespace

TestAuthority::TestAuthority()
    : key_(EVP_EC_gen("P-256"), &EVP_PKEY_free), certificate_(nullptr, &X509_free) {
    std::string pattern = (std::filesystem::temp_directory_path() / "outgoing.XXXXXX").string();
    CPPUNIT_ASSERT(::mkdtemp(pattern.data()) != nullptr);
    folder_ = pattern;
    certificate_ = make(key_.get(), "", 2);
    write("ca", key_.get(), certificate_.get());
}

TestAuthority::~TestAuthority() {
    std::filesystem::remove_all(folder_);
}

void TestAuthority::sign(const std::string& name, const std::string& subject, int days) {
    const Key key(EVP_EC_gen("P-256"), &EVP_PKEY_free);
    const auto certificate = make(key.get(), subject, days);
    write(name, key.get(), certificate.get());
}

TestAuthority::Certificate TestAuthority::make(EVP_PKEY* key, const std::string& subject,
                                               int days) {
    static long serial = 0;
    Certificate made(X509_new(), &X509_free);
    X509_set_version(made.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(made.get()), ++serial);
    X509_gmtime_adj(X509_getm_notBefore(made.get()), -10 * day);
    X509_gmtime_adj(X509_getm_notAfter(made.get()), days * day);
    X509_set_pubkey(made.get(), key);
    const auto* name = reinterpret_cast<const unsigned char*>(subject.empty() ? "CA" : "site");
    X509_NAME_add_entry_by_txt(X509_get_subject_name(made.get()), "CN", MBSTRING_ASC, name, -1, -1,
                               0);
    X509_set_issuer_name(made.get(),
                         X509_get_subject_name(certificate_ ? certificate_.get() : made.get()));
    extend(made.get(), NID_basic_constraints, subject.empty() ? "critical,CA:TRUE" : "CA:FALSE");
    if (!subject.empty()) {
        extend(made.get(), NID_subject_alt_name, subject);
    }
    CPPUNIT_ASSERT(X509_sign(made.get(), key_.get(), EVP_sha256()) > 0);
    return made;
}

void TestAuthority::write(const std::string& name, EVP_PKEY* key, X509* certificate) const {
    const auto open = [this](const std::string& file) {
        return std::unique_ptr<BIO, decltype(&BIO_free)>(
            BIO_new_file((folder_ + "/" + file).c_str(), "w"), &BIO_free);
    };
    CPPUNIT_ASSERT(PEM_write_bio_PrivateKey(open(name + ".key").get(), key, nullptr, nullptr, 0,
                                            nullptr, nullptr) == 1);
    CPPUNIT_ASSERT(PEM_write_bio_X509(open(name + ".pem").get(), certificate) == 1);
}

}  // namespace gatehouse
