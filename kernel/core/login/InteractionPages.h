// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Http.h>
#include <gatehouse/point/LoginStep.h>

#include "authorization/AuthorizationRequest.h"
#include "login/FormGuard.h"
#include "login/InteractionBook.h"
#include "login/LoginTurn.h"
#include "login/SessionService.h"
#include "page/BrowserAnswer.h"

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

class PageBook;

/// Fills the pages of an interaction. Threads: any.
class InteractionPages {
public:
    InteractionPages(const PageBook& pages, const FormGuard& guard)
        : pages_(pages), guard_(guard) {}

    /// Whose page it is.
    struct Owner {
        const Context& context;
        const HttpRequest& http;
        const AuthorizationRequest& request;
        const Interaction& interaction;
        const std::string& language;
    };
    /// The page of a login step, `outcome.page`; `message` is the key of a text that says why it is
    /// shown again.
    BrowserAnswer login(const Owner& owner, const LoginOutcome& outcome,
                        std::string_view message) const;
    /// On to another server, with this interaction as `state`.
    BrowserAnswer elsewhere(const Owner& owner, std::string_view url) const;
    /// This person has no answer to what is asked.
    BrowserAnswer stuck(const Owner& owner) const;
    /// Which of these, or somebody else?
    BrowserAnswer accounts(const Owner& owner, const std::vector<SignedIn>& people) const;
    /// What the form of that page has for whose `sub` this is; empty: for somebody else. It is good
    /// in this interaction, in this browser.
    std::string accountToken(const Owner& owner, std::string_view sub) const;
    /// `noted`: from ConsentNotes::shown().
    BrowserAnswer consent(const Owner& owner, const SignedIn& who, const ScopeSet& scopes,
                          ValueList noted) const;
    /// Purpose of the consent form's token: whoever else has signed in meanwhile cannot post it.
    /// Nor can what was allowed here be more than was shown.
    static std::string consentPurpose(const Interaction& interaction, const SignedIn& who,
                                      const ScopeSet& scopes);
    /// There were too many answers; `key` of "message.KEY" says of which kind.
    BrowserAnswer wait(const Owner& owner, seconds time, std::string_view key) const;
    /// Too many answers of this account or from this address at once.
    BrowserAnswer busy(const Owner& owner) const;
    /// A form that was not on a page of this browser.
    BrowserAnswer otherBrowser(const Issuer& issuer, const std::string& language) const;
    /// An interaction that cannot go on. If it is this browser's, it can be started again; if not,
    /// the page leads to the client's site. The client may be null.
    BrowserAnswer unusable(const Context& context, const HttpRequest& http,
                           const InteractionBook::Found& found, const Client* client) const;
    /// A dependency is away; the same page may be tried again.
    BrowserAnswer unavailable(const Issuer& issuer, const std::string& language) const;

private:
    PageView viewOf(const Owner& owner, std::string name, ValueMap values,
                    std::string_view purpose) const;
    ValueList waysOf(const Owner& owner, const LoginOutcome& outcome) const;
    std::string labelOf(const Owner& owner, const Host::Named<LoginStep>& way) const;
    void addSite(const Issuer& issuer, BrowserAnswer& answer, const Client* client) const;
    void addLink(const Issuer& issuer, BrowserAnswer& answer, std::string target,
                 std::string_view text) const;

    const PageBook& pages_;
    const FormGuard& guard_;
};

}  // namespace gatehouse
