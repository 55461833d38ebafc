// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>

#include "config/Configuration.h"

namespace gatehouse {

/// Reads the files of `server.tls`. Adds what is wrong with them, and warns of what clients will
/// object to: an end that has come or is near, an issuer that no certificate names or that is not
/// https.
void checkCertificates(const Configuration& configuration, const Clock& clock, Problems& problems);

}  // namespace gatehouse
