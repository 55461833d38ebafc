// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Secret.h>
#include <gatehouse/Time.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

/// How a person's app makes its codes (RFC 6238).
struct TotpKey {
    Secret secret;
    std::string algorithm = "SHA1";  ///< of HMAC: or SHA256, SHA512
    int digits = 6;  ///< 6 to 8
    seconds period{30};
    TimePoint added{};  ///< when it was kept; at first of those kept by an older version

    /// What is kept, as JSON.
    Secret text() const;
    /// nullopt: none that text() made, or one that cannot be used.
    static std::optional<TotpKey> parse(std::string_view text);
};

/// Why codes are not made by it, or not by one so weak (RFC 4226 section 4: 128 bits), going on
/// from "its key"; empty: they are.
std::string keyProblem(const TotpKey& key);

/// The code of a time step (RFC 4226 section 5.3). Empty: OpenSSL failed.
std::string totpCode(const TotpKey& key, std::uint64_t step);

/// The step whose code this is: the present one, that before or that after, since neither clocks
/// nor people are exact. In constant time. nullopt: it is none of theirs.
std::optional<std::uint64_t> stepOf(const TotpKey& key, std::string_view code, TimePoint now);

/// When its code is taken, at first and at last.
TimePoint beginsToCount(const TotpKey& key, std::uint64_t step);
TimePoint ceasesToCount(const TotpKey& key, std::uint64_t step);

/// What an app reads from the picture (the Key URI format of authenticator apps).
std::string keyUri(const TotpKey& key, std::string_view issuer, std::string_view login);

}  // namespace gatehouse
