// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Http.h>
#include <gatehouse/OAuthError.h>

#include "InitialTokens.h"
#include "Journal.h"
#include "Quota.h"
#include "Registrar.h"
#include "Settings.h"

#include <optional>
#include <string>

namespace gatehouse {

/// POST /api/oauth/register (RFC 7591 section 3).
class RegistrationEndpoint {
public:
    RegistrationEndpoint(Host& host, const RegistrationSettings& settings, const Quota& quota,
                         const Registrar& registrar, const Journal& journal)
        : host_(host), settings_(settings), quota_(quota), registrar_(registrar), journal_(journal),
          tokens_(host) {}

    HttpResponse post(const Context& context, const HttpRequest& request) const;

private:
    Result<std::string, OAuthError> answer(const Context& context,
                                           const HttpRequest& request) const;
    Result<std::optional<InitialToken>, OAuthError> admit(const Context& context,
                                                          const HttpRequest& request) const;

    Host& host_;
    const RegistrationSettings& settings_;
    const Quota& quota_;
    const Registrar& registrar_;
    const Journal& journal_;
    const InitialTokens tokens_;
};

}  // namespace gatehouse
