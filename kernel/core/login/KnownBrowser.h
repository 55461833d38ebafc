// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Http.h>

#include <string>
#include <string_view>

namespace gatehouse {

/// Remembers in a browser, for a year, who was the last to sign in there: it is their place, and
/// wrong answers that strangers give elsewhere do not keep them out of it. Threads: any.
class KnownBrowser {
public:
    explicit KnownBrowser(Host& host) : host_(host) {}

    /// The browser's name; empty when the account was not the last to sign in there.
    std::string nameFor(const Context& context, const HttpRequest& request,
                        std::string_view account) const;
    Cookie remember(const Context& context, std::string_view account) const;

private:
    std::string proofOf(const Context& context, std::string_view name,
                        std::string_view account) const;

    Host& host_;
};

}  // namespace gatehouse
