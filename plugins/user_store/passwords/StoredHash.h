// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Config.h>
#include <gatehouse/Secret.h>

#include "passwords/HashForm.h"

#include <string>
#include <string_view>
#include <variant>

namespace gatehouse {

/// The most that a stored hash may take: more is refused, so that a row in a table cannot stop a
/// server.
constexpr HashWork mostWork{std::chrono::seconds{45}, 1048576};

/// A hash of a password, as a store has it.
class StoredHash {
public:
    /// The problem is a sentence about "this": of no form that is known, dearer than mostWork, or
    /// of a scheme weaker than `weakest`.
    static std::variant<StoredHash, std::string> read(std::string_view text,
                                                      std::string_view weakest);

    /// As long as work() says, whatever the password; one of more than 1,024 bytes fits none.
    bool fits(const Secret& password) const;
    std::chrono::nanoseconds work() const noexcept { return work_; }
    const std::string& text() const noexcept { return text_; }

private:
    StoredHash(const HashForm& form, std::string text, std::chrono::nanoseconds work)
        : form_(&form), text_(std::move(text)), work_(work) {}

    const HashForm* form_;
    std::string text_;
    std::chrono::nanoseconds work_;
};

/// What a store lets its operator set.
constexpr Field weakestHashField{
    "weakest_hash", Kind::text, byDefault("phpass"),
    "the weakest scheme whose hashes let anybody in, the weakest named first",
    oneOf("ssha|phpass|drupal7|sha_crypt|pbkdf2|bcrypt|scrypt|yescrypt|argon2")};

}  // namespace gatehouse
