// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "AccountDesk.h"

namespace gatehouse {

/// Where I am signed in, to be ended.
class SessionsPage {
public:
    static constexpr const char* path = "/account/sessions";
    static constexpr const char* everywherePath = "/account/sessions/everywhere";

    explicit SessionsPage(const AccountDesk& desk) : desk_(desk) {}

    HttpResponse show(const Context& context, const HttpRequest& request) const;
    /// One, or all but this.
    HttpResponse post(const Context& context, const HttpRequest& request) const;
    HttpResponse showEverywhere(const Context& context, const HttpRequest& request) const;
    HttpResponse postEverywhere(const Context& context, const HttpRequest& request) const;

    /// All of the holder's but the one in hand.
    Status endOthers(const Context& context, const HttpRequest& request,
                     const Holder& holder) const;

private:
    ValueMap shown(const Context& context, const HttpRequest& request, const SignOn& session,
                   const Holder& holder) const;
    HttpResponse leave(const Context& context, const HttpRequest& request) const;

    const AccountDesk& desk_;
};

}  // namespace gatehouse
