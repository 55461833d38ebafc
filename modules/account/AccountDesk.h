// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Web.h>
#include <gatehouse/facade/Logins.h>
#include <gatehouse/facade/Pages.h>
#include <gatehouse/facade/People.h>
#include <gatehouse/facade/Sessions.h>

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

/// Whose account it is: who is signed in in this browser, as their store knows them now.
struct Holder {
    SignOn session;
    FoundUser person;

    const std::string& sub() const noexcept { return session.subject.sub; }
};

/// What all pages of the account have in common: whom they are about, and whose forms they take.
/// Threads: any.
class AccountDesk {
public:
    /// `freshFor`: after a login dangerous things need no other one for so long.
    AccountDesk(Host& lent, seconds freshFor);

    Host& host;
    const Logins& logins;
    const Pages& pages;
    const People& people;
    const Sessions& sessions;

    /// Who is signed in. Who is not signs in, and comes back to `path`, which is below the
    /// issuer's.
    Result<Holder, HttpResponse> enter(const Context& context, const HttpRequest& request,
                                       std::string_view path) const;
    /// Before what is dangerous: a fresh login, with all the proofs that the plan has
    /// for this person. nullopt: it is there.
    std::optional<HttpResponse> mustProve(const Context& context, const HttpRequest& request,
                                          std::string_view path) const;
    /// Both.
    Result<Holder, HttpResponse> enterProven(const Context& context, const HttpRequest& request,
                                             std::string_view path) const;

    /// A page with a form that does `deed`, and the notice of what was done before.
    HttpResponse show(const Context& context, const HttpRequest& request, const Holder& holder,
                      Page page, std::string_view deed) const;
    /// Its form. The error: it was on the page of another person, another browser or another site.
    Result<Form, HttpResponse> formOf(const Context& context, const HttpRequest& request,
                                      const Holder& holder, std::string_view deed) const;
    /// On to a page that says what was done: the text "account_done.DONE".
    HttpResponse goOn(const Context& context, std::string_view path,
                      std::string_view done = {}) const;
    HttpResponse unavailable(const Context& context, const HttpRequest& request,
                             const Error& error) const;
    /// The parameters of the address.
    Form query(const HttpRequest& request) const;
    /// "Firefox on Linux".
    std::string words(const Context& context, const HttpRequest& request,
                      const Browser& browser) const;
    void tell(const Context& context, const HttpRequest& request, const Holder& holder,
              std::string_view type, ValueMap details = {}) const;

private:
    std::optional<HttpResponse> demand(const Context& context, const HttpRequest& request,
                                       const SignInDemand& wanted, std::string_view path) const;

    seconds freshFor_;
};

}  // namespace gatehouse
