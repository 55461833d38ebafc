// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Time.h>
#include <gatehouse/Value.h>

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

/// A request that waits for a person, as their page shows it.
struct AskedRequest {
    std::string reference;  ///< of its promise
    std::string clientId;
    std::string sub;  ///< who is asked, as the server calls them
    std::string scope;
    std::string bindingMessage;
    std::string address;  ///< of its client
    TimePoint asked{};
    TimePoint until{};
    std::string ping;  ///< sealed: what tells a client that is pinged; empty: it is not

    /// All but the reference.
    std::string text() const;
    /// nullopt: it is none.
    static std::optional<AskedRequest> parse(std::string_view reference, std::string_view text);
};

}  // namespace gatehouse
