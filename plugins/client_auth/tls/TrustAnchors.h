// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>
#include <gatehouse/Time.h>

#include "crypto/OpenSsl.h"

#include <memory>
#include <string>
#include <vector>

namespace gatehouse {

/// Authorities whose certificates are believed. Immutable; any thread.
class TrustAnchors {
public:
    /// Of a text in PEM; `file` is for messages.
    static Result<TrustAnchors> read(const std::string& pem, const std::string& file);

    /// Why no valid path leads from the first certificate, over others of `shown`, to an anchor
    /// (RFC 5280 section 6), for a TLS client and with 112 bits of strength throughout. Empty: one
    /// does.
    std::string problem(const std::vector<Certificate>& shown, TimePoint now) const;

private:
    std::shared_ptr<X509_STORE> store_;
};

}  // namespace gatehouse
