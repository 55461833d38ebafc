// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Http.h>

#include "tls/OpenSslTls.h"

#include <memory>

namespace gatehouse {

/// Takes over from OpenSSL what is looked at in a client's certificate: that its key is of 112 bits
/// of strength or more. Nobody looks at who issued it: that is for who knows which client it is
/// (RFC 8705 section 2).
void judgeClientCertificates(SSL_CTX& context);

/// Makes a connection ask its client for a certificate. Who shows none is served too. Such a
/// connection is never resumed.
void askForCertificate(SSL& state);

/// What the client showed in the handshake; null: nothing.
std::shared_ptr<const CertificateChain> certificateShown(const SSL& state);

}  // namespace gatehouse
