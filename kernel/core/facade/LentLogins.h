// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/facade/Logins.h>

namespace gatehouse {

class Services;

/// See Logins.
class LentLogins final : public Logins {
public:
    explicit LentLogins(Services& core) : core_(core) {}

    HttpResponse answer(const Context& context, const HttpRequest& request,
                        std::string_view page) const override;
    std::optional<HttpResponse> signIn(const Context& context, const HttpRequest& request,
                                       const SignInDemand& demand,
                                       std::string_view returnPath) const override;

private:
    Services& core_;
};

}  // namespace gatehouse
