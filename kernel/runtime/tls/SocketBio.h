// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tls/OpenSslTls.h"

namespace gatehouse {

/// What OpenSSL reads from and writes to: a socket that does not block and raises no SIGPIPE.
struct SocketBio {
    int handle;
    bool isDry = false;  ///< the last read took all there was

    /// `socket` must outlive it.
    static Bio over(SocketBio& socket);
};

}  // namespace gatehouse
