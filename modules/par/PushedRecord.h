// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Time.h>

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

/// What is stored of a pushed request.
struct PushedRecord {
    std::string clientId;
    std::string registration;  ///< of the client when it pushed
    TimePoint until{};  ///< nobody can open it from then on; it is kept longer
    std::string sealed;  ///< CheckedRequest::sealed

    bool isOf(const Client& client) const noexcept {
        return clientId == client.id && registration == client.registration;
    }
    std::string text() const;
    /// nullopt: it is none.
    static std::optional<PushedRecord> parse(std::string_view text);
};

}  // namespace gatehouse
