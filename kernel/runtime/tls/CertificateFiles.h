// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace gatehouse {

/// Where a certificate and its key are kept, both in PEM.
struct CertificateFiles {
    std::string certificate;  ///< the server's own first, then each one's issuer
    std::string key;
};

}  // namespace gatehouse
