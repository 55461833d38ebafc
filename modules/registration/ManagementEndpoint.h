// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Http.h>
#include <gatehouse/OAuthError.h>

#include "Journal.h"
#include "Quota.h"
#include "Registrar.h"

#include <string>

namespace gatehouse {

/// /api/oauth/register/{client_id}: a client reads, changes and removes itself (RFC 7592 section
/// 2).
class ManagementEndpoint {
public:
    ManagementEndpoint(Host& host, const Quota& quota, const Registrar& registrar,
                       const Journal& journal)
        : host_(host), clients_(host.one<Clients>()), quota_(quota), registrar_(registrar),
          journal_(journal) {}

    HttpResponse get(const Context& context, const HttpRequest& request) const;
    HttpResponse put(const Context& context, const HttpRequest& request) const;
    HttpResponse remove(const Context& context, const HttpRequest& request) const;

private:
    struct Caller {
        StoredClient client;
        std::string token;
    };
    /// Counts the request, and says who sends it.
    Result<Caller, OAuthError> admit(const Context& context, const HttpRequest& request) const;
    Result<Caller, OAuthError> callerOf(const Context& context, const HttpRequest& request) const;
    Result<std::string, OAuthError> change(const Context& context,
                                           const HttpRequest& request) const;
    HttpResponse refuse(const Context& context, const HttpRequest& request, std::string_view what,
                        const OAuthError& error) const;

    Host& host_;
    const Clients& clients_;
    const Quota& quota_;
    const Registrar& registrar_;
    const Journal& journal_;
};

}  // namespace gatehouse
