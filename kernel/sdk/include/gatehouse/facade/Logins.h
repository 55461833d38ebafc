// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Http.h>
#include <gatehouse/Plugin.h>
#include <gatehouse/Time.h>

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

/// What a page of the server's own wants of the login of who sees it.
struct SignInDemand {
    std::optional<seconds> maxAge = {};  ///< it is no longer ago
    std::string acr = {};  ///< as far as the plan of the login has a question left for the person
};

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
    /// For a page of the server's own, which no client asks for. nullopt: whom Sessions::find()
    /// gives meets the demand. Otherwise what leads the browser through the login, of whoever is
    /// signed in in it, and back by GET to `returnPath`, which is below the issuer's and yours
    /// alone to say: nothing of it comes from a request as it is. With the query parameter `error`
    /// it did not go well (`access_denied`: given up; `login_required`: as somebody else): do not
    /// ask at once again. Conditions of the plan about clients do not hold; audit events name the
    /// page, without its query, in place of a client.
    virtual std::optional<HttpResponse> signIn(const Context&, const HttpRequest& request,
                                               const SignInDemand& demand,
                                               std::string_view returnPath) const = 0;
};

}  // namespace gatehouse
