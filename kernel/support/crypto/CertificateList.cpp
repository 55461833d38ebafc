// SPDX-License-Identifier: Apache-2.0
#include "crypto/CertificateList.h"

namespace gatehouse {

std::vector<Certificate> certificatesIn(std::string_view der, std::size_t most) {
    std::vector<Certificate> all;
    const auto* at = bytesOf(der);
    const auto* end = at + der.size();
    while (at != end) {
        Certificate certificate(d2i_X509(nullptr, &at, static_cast<long>(end - at)));
        if (!certificate || all.size() >= most) {
            ERR_clear_error();
            return {};
        }
        all.push_back(std::move(certificate));
    }
    return all;
}

std::string derOf(const X509& certificate) {
    std::string der;
    const int size = i2d_X509(&certificate, nullptr);
    if (size > 0) {
        der.resize(static_cast<std::size_t>(size));
        auto* out = reinterpret_cast<unsigned char*>(der.data());
        i2d_X509(&certificate, &out);
    }
    return der;
}

}  // namespace gatehouse
