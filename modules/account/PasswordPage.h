// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "AccountDesk.h"
#include "SessionsPage.h"

#include <string>

namespace gatehouse {

/// A new password, where the person's store can be changed. That it is them their fresh login has
/// shown.
class PasswordPage {
public:
    static constexpr const char* path = "/account/password";

    PasswordPage(const AccountDesk& desk, const SessionsPage& sessions)
        : desk_(desk), sessions_(sessions) {}

    HttpResponse show(const Context& context, const HttpRequest& request) const;
    HttpResponse post(const Context& context, const HttpRequest& request) const;

private:
    Result<Holder, HttpResponse> enter(const Context& context, const HttpRequest& request) const;
    HttpResponse ask(const Context& context, const HttpRequest& request, const Holder& holder,
                     const std::string& problem) const;

    const AccountDesk& desk_;
    const SessionsPage& sessions_;
};

}  // namespace gatehouse
