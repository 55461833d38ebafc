// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Http.h>
#include <gatehouse/Records.h>
#include <gatehouse/Result.h>
#include <gatehouse/Time.h>

#include "store/Handle.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

/// Browsers in which a person wished not to be asked for some entries of the plan again, each until
/// its end; the last person who did so there. Threads: any.
class RememberedBrowsers {
public:
    /// What is not asked, and for how long.
    using Entries = std::map<std::string, seconds, std::less<>>;

    explicit RememberedBrowsers(Host& host) : host_(host), handles_(host.clock(), host.random()) {}

    /// False as well when it cannot be looked up: then it is asked.
    bool has(const Context& context, const HttpRequest& request, std::string_view sub,
             std::string_view entry) const;
    /// Adds to the batch that these are not asked there from now on, beside those that were not;
    /// the cookie tells the browser.
    Result<Cookie> remember(const Context& context, const HttpRequest& request,
                            const std::string& sub, const Entries& entries, Batch& batch) const;
    /// The person is asked everything, in whatever browser.
    Status forgetAll(const Context& context, std::string_view sub) const;

private:
    using Ends = std::map<std::string, TimePoint, std::less<>>;
    /// Nothing: the browser has none of this person's.
    Result<Ends> find(const Context& context, const HttpRequest& request,
                      std::string_view sub) const;

    Host& host_;
    mutable HandleMaker handles_;
};

}  // namespace gatehouse
