// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>

#include "tls/OpenSslTls.h"
#include "tls/ServedCertificate.h"
#include "tls/TicketKeys.h"

#include <memory>
#include <string_view>
#include <vector>

namespace gatehouse {

/// The certificates that are served together, and by which rules: TLS 1.3 and 1.2, ECDHE with
/// AES-GCM (RFC 9325), ALPN "http/1.1" (RFC 7301), which one by the name that the client asks for
/// (RFC 6066 section 3), the first for any other. Immutable; threads: any.
class CertificateSet {
public:
    /// At least one. Fault::badInput when OpenSSL does not take one of them.
    static Result<std::shared_ptr<const CertificateSet>>
    make(std::vector<ServedCertificate> certificates, std::shared_ptr<TicketKeys> tickets);
    CertificateSet(const CertificateSet&) = delete;
    CertificateSet& operator=(const CertificateSet&) = delete;
    ~CertificateSet() = default;

    /// For a connection, which must hold the set as well. Throws std::runtime_error without memory.
    TlsState newState() const;
    const std::vector<ServedCertificate>& certificates() const noexcept { return certificates_; }

private:
    CertificateSet(std::vector<ServedCertificate> certificates,
                   std::shared_ptr<TicketKeys> tickets) noexcept
        : certificates_(std::move(certificates)), tickets_(std::move(tickets)) {}
    Status addContext(const ServedCertificate& certificate);
    static int onServerName(SSL* state, int* alert, void* self);

    std::vector<ServedCertificate> certificates_;
    std::shared_ptr<TicketKeys> tickets_;
    std::vector<TlsContext> contexts_;  // of certificates_, in this order
};

}  // namespace gatehouse
