// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Time.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// What is kept of a person's codes: hashes of those that were not used yet.
struct RecoverySet {
    TimePoint made{};  ///< in whole seconds
    std::vector<std::string> hashes;
    std::uint64_t version = 0;  ///< of its record

    std::string text() const;
    /// nullopt: that is none.
    static std::optional<RecoverySet> parse(std::string_view text);
};

/// Ten codes of 50 bits each, as they are shown: "abcde-fghij".
std::vector<std::string> newRecoveryCodes(Random& random);

/// A code however it is typed: without blanks and dashes, in small letters.
std::string typedRecoveryCode(std::string_view text);

}  // namespace gatehouse
