// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <string>

namespace gatehouse {

/// A certificate authority of the test's own, in a folder of its own.
class TestAuthority {
public:
    TestAuthority();
    ~TestAuthority();
    TestAuthority(const TestAuthority&) = delete;
    TestAuthority& operator=(const TestAuthority&) = delete;

    std::string file(const std::string& name) const { return folder_ + "/" + name; }
    /// NAME.pem and NAME.key; `subject` as "DNS:a.example" or "IP:127.0.0.1". Valid for so many
    /// days, or expired so many days ago.
    void sign(const std::string& name, const std::string& subject, int days = 1);

private:
    using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
    using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;

    Certificate make(EVP_PKEY* key, const std::string& subject, int days);
    void write(const std::string& name, EVP_PKEY* key, X509* certificate) const;

    std::string folder_;
    Key key_;
    Certificate certificate_;
};

}  // namespace gatehouse
