// SPDX-License-Identifier: Apache-2.0
#include "IssuedCertificate.h"

#include "crypto/CertificateList.h"

#include <cppunit/TestAssert.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

namespace gatehouse {

namespace {

using Extension = std::unique_ptr<X509_EXTENSION, Freed<X509_EXTENSION_free>>;
using Names = std::unique_ptr<GENERAL_NAMES, Freed<GENERAL_NAMES_free>>;

void addHosts(X509& certificate, const std::vector<std::string>& hosts) {
    const Names names(GENERAL_NAMES_new());
    for (const auto& host : hosts) {
        ASN1_IA5STRING* bytes = ASN1_IA5STRING_new();
        ASN1_STRING_set(bytes, host.data(), static_cast<int>(host.size()));
        GENERAL_NAME* name = GENERAL_NAME_new();
        GENERAL_NAME_set0_value(name, GEN_DNS, bytes);
        sk_GENERAL_NAME_push(names.get(), name);
    }
    X509_add1_ext_i2d(&certificate, NID_subject_alt_name, names.get(), 0, 0);
}

}  // namespace

IssuedCertificate::IssuedCertificate(const CertificateWish& wish, const IssuedCertificate* issuer)
    : key_(wish.rsaBits > 0 ? EVP_RSA_gen(wish.rsaBits) : EVP_EC_gen("P-256")),
      certificate_(X509_new()) {
    X509* made = certificate_.get();
    static long serial = 0;
    X509_set_version(made, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(made), ++serial);
    ASN1_TIME_set(X509_getm_notBefore(made), wish.begins);
    ASN1_TIME_set(X509_getm_notAfter(made), wish.ends);
    X509_set_pubkey(made, key_.get());
    for (const auto& [type, value] : wish.subject) {
        CPPUNIT_ASSERT_EQUAL(1, X509_NAME_add_entry_by_txt(X509_get_subject_name(made), type,
                                                           MBSTRING_UTF8, bytesOf(value),
                                                           static_cast<int>(value.size()), -1, 0));
    }
    const IssuedCertificate& by = issuer == nullptr ? *this : *issuer;
    X509_set_issuer_name(made, X509_get_subject_name(by.certificate_.get()));
    for (const auto& [kind, value] : wish.extensions) {
        const Extension extension(X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str()));
        CPPUNIT_ASSERT_MESSAGE(value, extension != nullptr);
        X509_add_ext(made, extension.get(), -1);
    }
    if (!wish.hostBytes.empty()) {
        addHosts(*made, wish.hostBytes);
    }
    CPPUNIT_ASSERT(X509_sign(made, by.key_.get(), wish.hash) > 0);
}

std::string IssuedCertificate::der() const {
    return derOf(*certificate_);
}

std::string IssuedCertificate::pem() const {
    const std::unique_ptr<BIO, Freed<BIO_free_all>> out(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(out.get(), certificate_.get());
    char* data = nullptr;
    const long size = BIO_get_mem_data(out.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}

CertificateWish authority(const std::string& name) {
    CertificateWish wish;
    wish.subject = {{"CN", name}};
    wish.extensions = {{NID_basic_constraints, "critical,CA:TRUE"},
                       {NID_key_usage, "critical,keyCertSign"}};
    return wish;
}

}  // namespace gatehouse
