// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/OpenSsl.h"

#include <string>
#include <string_view>

namespace gatehouse {

/// One digest, many times: those of OpenSSL that only old hashes are made of as well.
class MessageDigest {
public:
    /// Throws std::runtime_error when OpenSSL does not have it (MD5 in FIPS mode).
    explicit MessageDigest(const char* name);

    /// Of the two, one behind the other.
    std::string of(std::string_view first, std::string_view second) const;

private:
    DigestContext context_;
};

}  // namespace gatehouse
