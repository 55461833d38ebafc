// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/facade/Requests.h>

namespace gatehouse {

class Services;

/// See Requests.
class LentRequests final : public Requests {
public:
    explicit LentRequests(Services& core) : core_(core) {}

    HttpResponse accept(const Context& context, const HttpRequest& request,
                        const Form& parameters) const override;
    ValueMap metadata(const Issuer& issuer) const override;
    Result<CheckedRequest, OAuthError> check(const Context& context, const HttpRequest& request,
                                             const AuthenticatedClient& client,
                                             const Form& parameters) const override;
    Result<Promised, OAuthError> promise(const Context& context, const HttpRequest& request,
                                         const AuthenticatedClient& client, const Form& parameters,
                                         const Promise& promise) const override;
    Status askApprovers(const Context& context, const std::string& reference) const override;
    HttpResponse decide(const Context& context, const HttpRequest& request,
                        std::string_view reference) const override;

private:
    Services& core_;
};

}  // namespace gatehouse
