// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Capability.h>

namespace gatehouse {

/// What a plugin is as well that does nothing without HttpRequest::clientCertificate: where nobody
/// is asked for one, the operator is told.
class ReadsCertificates {
public:
    static constexpr Capability capability{"reads_certificates", 1};
    ReadsCertificates(const ReadsCertificates&) = delete;
    ReadsCertificates& operator=(const ReadsCertificates&) = delete;
    virtual ~ReadsCertificates() = default;

private:
    template <class P, class... C> friend class With;
    ReadsCertificates() = default;
};

}  // namespace gatehouse
