// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/OpenSsl.h"

#include <string_view>
#include <vector>

namespace gatehouse {

/// X.509 certificates whose DER follow one another with nothing between, at most `most`. Empty:
/// they are more, or something else is there.
std::vector<Certificate> certificatesIn(std::string_view der, std::size_t most);

/// The DER of a certificate, as it was read.
std::string derOf(const X509& certificate);

}  // namespace gatehouse
