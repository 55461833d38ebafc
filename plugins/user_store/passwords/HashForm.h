// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Secret.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

/// What checking one password takes of a core, about, and of memory.
struct HashWork {
    std::chrono::nanoseconds time{};
    std::uint64_t memoryKib = 0;

    /// Of numbers too large to be multiplied.
    static constexpr HashWork endless() noexcept { return {std::chrono::nanoseconds::max(), 0}; }
};

/// A way in which hashes are written down.
struct HashForm {
    std::string_view name;  ///< of the scheme; several forms may be of one
    /// nullopt: the text is not of this form. Never more than a look at the text.
    std::optional<HashWork> (*work)(std::string_view hash);
    /// Asked for texts alone that have work. False as well when there is no memory to check it.
    bool (*fits)(const Secret& password, const std::string& hash);
};

// One file for each scheme, the weakest first.
extern const HashForm saltedShaForm;  ///< {SSHA}, {SSHA256}, {SSHA512} of directories
extern const HashForm phpassForm;  ///< $P$, $H$: WordPress before 6.8, phpBB
extern const HashForm drupal7Form;  ///< $S$
extern const HashForm shaCryptForm;  ///< $5$, $6$
extern const HashForm djangoPbkdf2Form;  ///< pbkdf2_sha256$…
extern const HashForm passlibPbkdf2Form;  ///< $pbkdf2-sha256$…, {PBKDF2-SHA256}…
extern const HashForm dotnetForm;  ///< ASP.NET Core Identity, versions 2 and 3
extern const HashForm bcryptForm;  ///< $2a$, $2b$, $2y$
extern const HashForm djangoBcryptForm;  ///< bcrypt_sha256$$2b$…
extern const HashForm wordpressForm;  ///< $wp$2y$…: WordPress 6.8
extern const HashForm cryptScryptForm;  ///< $7$
extern const HashForm passlibScryptForm;  ///< $scrypt$ln=…
extern const HashForm djangoScryptForm;  ///< scrypt$…
extern const HashForm yescryptForm;  ///< $y$
extern const HashForm argon2Form;  ///< $argon2id$, $argon2i$, $argon2d$

}  // namespace gatehouse
