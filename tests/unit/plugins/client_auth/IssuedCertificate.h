// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/OpenSsl.h"

#include <string>
#include <utility>
#include <vector>

namespace gatehouse {

/// What is to be in a certificate; by itself it is one that a test at FakeClock's first moment
/// finds right.
struct CertificateWish {
    std::vector<std::pair<const char*, std::string>> subject{{"CN", "shop"}};  ///< as encoded
    std::vector<std::pair<int, std::string>> extensions{};  ///< as in openssl.cnf
    std::vector<std::string> hostBytes{};  ///< alternative names of hosts, whatever they hold
    long begins = 1'767'000'000;
    long ends = 1'768'000'000;
    const EVP_MD* hash = EVP_sha256();
    unsigned rsaBits = 0;  ///< 0: P-256
};

/// A certificate with its key, made on the spot.
class IssuedCertificate {
public:
    /// By itself, or by `issuer`.
    explicit IssuedCertificate(const CertificateWish& wish,
                               const IssuedCertificate* issuer = nullptr);

    std::string der() const;
    std::string pem() const;
    const X509& certificate() const { return *certificate_; }
    EVP_PKEY* key() const { return key_.get(); }

private:
    Key key_;
    Certificate certificate_;
};

/// An authority's wish.
CertificateWish authority(const std::string& name);

}  // namespace gatehouse
