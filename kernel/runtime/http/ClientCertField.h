// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Http.h>

#include <memory>

namespace gatehouse {

/// The certificate that a trusted proxy was shown, from the fields Client-Cert and
/// Client-Cert-Chain (RFC 9440 section 2). Null: none, or one that is not well formed, of which
/// nothing is believed.
std::shared_ptr<const CertificateChain> clientCertificateIn(const HttpRequest& request);

}  // namespace gatehouse
