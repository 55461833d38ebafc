// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Http.h>

#include <memory>

namespace gatehouse {

/// The certificate that a trusted proxy was shown, from the fields Client-Cert and
/// Client-Cert-Chain (RFC 9440 section 2), or as nginx and HAProxy can tell it. Null: none, or one
/// that is not well formed or has a key of less than 112 bits of strength: nothing of it is
/// believed.
std::shared_ptr<const CertificateChain> clientCertificateIn(const HttpRequest& request);

}  // namespace gatehouse
