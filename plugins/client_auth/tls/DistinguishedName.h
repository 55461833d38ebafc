// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/OpenSsl.h"

#include <memory>
#include <string_view>

namespace gatehouse {

using DistinguishedName = std::unique_ptr<X509_NAME, Freed<X509_NAME_free>>;

/// Reads a distinguished name (RFC 4514), which may have spaces behind its commas; null: it is
/// none, or empty. Names are compared by X509_NAME_cmp(): whatever their string types, capitals and
/// runs of spaces (RFC 5280 section 7.1).
DistinguishedName distinguishedName(std::string_view text);

}  // namespace gatehouse
