// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>

#include "DatabaseUrl.h"

namespace gatehouse {

/// Whether the certificates and the key that a URL names are kept as files have to be: libpq opens
/// them itself, whatever they are. The error has one problem a line.
Status checkTlsFiles(const ServerAddress& server);

}  // namespace gatehouse
