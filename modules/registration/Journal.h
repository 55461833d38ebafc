// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Http.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/Value.h>

#include <map>
#include <string_view>

namespace gatehouse {

/// Tells what became of requests: audit events, metrics, the log. Threads: any.
class Journal {
public:
    /// What is done; also labels of the metrics.
    static constexpr std::string_view create = "register";
    static constexpr std::string_view read = "read";
    static constexpr std::string_view update = "update";
    static constexpr std::string_view remove = "remove";

    explicit Journal(Host& host);

    void done(const Context& context, const HttpRequest& request, std::string_view what,
              std::string_view clientId, ValueMap details = {}) const;
    /// What anybody can cause without end leaves no events: requests beyond a quota, and those for
    /// a registration without its token.
    void refused(const Context& context, const HttpRequest& request, std::string_view what,
                 const OAuthError& error) const;

private:
    struct Numbers {
        Counter* done;
        Counter* refused;
    };

    Host& host_;
    std::map<std::string_view, Numbers> numbers_;
};

}  // namespace gatehouse
