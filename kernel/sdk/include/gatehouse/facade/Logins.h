// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Http.h>
#include <gatehouse/Plugin.h>

#include <string_view>

namespace gatehouse {

/// Logins that are on their way. Where somebody needs them, pages must be
/// installed. Lent by the kernel to who lists "logins" in its needs, for use while serving; grows
/// at its end. Threads: any; a form of `login`, and `comeBack`, may hash a password.
class Logins : public Plugin {
public:
    static constexpr Point point{"logins", 1, Cardinality::one};

    // Pages. All but the last belong to a login, which the path parameter "id" names; the kernel
    // sends browsers to ISSUER/interaction/{id}/NAME.
    static constexpr std::string_view login = "login";
    static constexpr std::string_view account = "account";  ///< which of those who are signed in
    static constexpr std::string_view consent = "consent";
    static constexpr std::string_view cancel = "cancel";  ///< a form only
    static constexpr std::string_view restart = "restart";  ///< no form
    /// At ISSUER/interaction/return: where a login step's other server sends the browser. The path
    /// parameter "step", where there is one, is the instance of that step.
    static constexpr std::string_view comeBack = "return";

    /// A GET is shown the page or sent on to what is due instead; a POST brings its form.
    virtual HttpResponse answer(const Context&, const HttpRequest& request,
                                std::string_view page) const = 0;
};

}  // namespace gatehouse
