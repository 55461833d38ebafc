// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

/// What a bearer holds: codes, opaque tokens, sessions. It is found by its selector and proved by
/// its verifier, of which only a keyed hash is stored.
struct Handle {
    static constexpr std::size_t selectorSize = 11;
    static constexpr std::size_t verifierSize = 32;

    std::string
        selector;  ///< the record's key: time, node, counter; ascending, so inserts go to the end
    std::string verifier;  ///< secret random bytes; never stored

    /// base64url of both: 58 characters.
    std::string text() const;
    /// nullopt for a text that is not a handle; says nothing about whether it was ever given out.
    static std::optional<Handle> parse(std::string_view text);
};

/// What a record holds in place of the verifier: 32 bytes. `label` is the record's kind.
std::string handleHash(const Crypto& crypto, std::string_view label, std::string_view verifier);

/// Compares a presented verifier with the stored hash, in constant time.
bool handleMatches(const Crypto& crypto, std::string_view label, const Handle& handle,
                   std::string_view storedHash);

/// Makes handles whose selectors ascend, also when the clock is set back. Threads: any.
class HandleMaker {
public:
    /// Both must outlive this.
    HandleMaker(const Clock& clock, Random& random);
    Handle make();
    /// A selector alone, where nothing secret is needed.
    std::string selector();

private:
    const Clock& clock_;
    Random& random_;
    std::string node_;
    std::atomic<std::uint64_t> last_{0};
};

}  // namespace gatehouse
