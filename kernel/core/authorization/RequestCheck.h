// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/facade/Requests.h>

#include "authorization/AuthorizationRequestReader.h"
#include "authorization/SealedRequests.h"

#include <optional>

namespace gatehouse {

class RateLimiter;

/// Authorization requests that clients send themselves, before any browser does: checked as a
/// browser's are. Threads: any.
class RequestCheck {
public:
    /// `pagesLifetime`: of an interaction. All of it outlives the check.
    RequestCheck(Host& host, const AuthorizationRequestReader::Parts& reader, RateLimiter& limits,
                 seconds pagesLifetime)
        : host_(host), reader_(reader), bindings_(reader.bindings), sealed_(host), limits_(limits),
          pagesLifetime_(pagesLifetime) {}

    /// See Requests::check().
    Result<CheckedRequest, OAuthError> check(const Context& context, const HttpRequest& http,
                                             const AuthenticatedClient& client,
                                             const Form& form) const {
        return check(context, http, client, form, {});
    }
    /// See Requests::promise().
    Result<CheckedRequest, OAuthError> checkPromised(const Context& context,
                                                     const HttpRequest& http,
                                                     const AuthenticatedClient& client,
                                                     const Form& form, bool isSigned) const {
        return check(context, http, client, form, {true, isSigned});
    }

private:
    struct How {
        bool isPromised = false;
        bool isSigned = false;
    };
    Result<CheckedRequest, OAuthError> check(const Context& context, const HttpRequest& http,
                                             const AuthenticatedClient& client, const Form& form,
                                             How how) const;
    std::optional<seconds> waitOf(const Context& context, const AuthenticatedClient& client) const;

    Host& host_;
    AuthorizationRequestReader reader_;
    const TokenBindings& bindings_;
    SealedRequests sealed_;
    RateLimiter& limits_;
    seconds pagesLifetime_;
};

}  // namespace gatehouse
