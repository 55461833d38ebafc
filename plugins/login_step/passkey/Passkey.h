// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Secret.h>
#include <gatehouse/Time.h>

#include "FidoKey.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// A credential of a person (WebAuthn section 4, credential record).
struct Passkey {
    std::string credentialId;
    FidoKey key;
    std::uint32_t signCount = 0;
    bool isBackupEligible = false;
    bool isBackedUp = false;
    std::vector<std::string> transports = {};  ///< how a browser reaches it
    std::string name;  ///< what its person calls it
    TimePoint added{};
    std::optional<TimePoint> used = {};
    std::string store;  ///< whose it is
    std::string userId;

    /// What is kept, as JSON.
    Secret text() const;
    /// nullopt: none that text() made.
    static std::optional<Passkey> parse(std::string_view text);
};

/// Those of a list with commas that WebAuthn section 5.8.4 names.
std::vector<std::string> knownTransports(std::string_view list);

}  // namespace gatehouse
