// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Http.h>

#include <string>
#include <string_view>

namespace gatehouse {

/// Remembers in a browser, for a year, who signed in there, of several the last few: it is their
/// place, and wrong answers that strangers give elsewhere do not keep them out of it. Threads: any.
class KnownBrowser {
public:
    explicit KnownBrowser(Host& host) : host_(host) {}

    /// The browser's name for the account; empty when it did not sign in there.
    std::string nameFor(const Context& context, const HttpRequest& request,
                        std::string_view account) const;
    /// Under a new name, beside the others that the browser has.
    Cookie remember(const Context& context, const HttpRequest& request,
                    std::string_view account) const;

private:
    bool isTheirs(const Context& context, std::string_view entry, std::string_view account) const;
    std::string proofOf(const Context& context, std::string_view name,
                        std::string_view account) const;

    Host& host_;
};

}  // namespace gatehouse
