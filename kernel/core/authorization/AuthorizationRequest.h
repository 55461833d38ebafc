// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/Scope.h>
#include <gatehouse/Time.h>
#include <gatehouse/point/ResourceRegistry.h>
#include <gatehouse/point/ResponseMode.h>

#include "authorization/ClaimsRequest.h"
#include "token/OpenPromise.h"

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Where the answer of an authorization request goes, once that is known to be safe.
struct ReplyTo {
    std::string redirectUri;
    std::string state;  ///< echoed exactly; empty: none was sent
    std::string mode{ResponseMode::query};  ///< one that there is
    std::string_view byDefault{ResponseMode::query};  ///< the mode if none is asked for
};

/// The prompt parameter (OpenID Connect Core section 3.1.2.1). `none` stands alone; who asks for a
/// step of the login leaves no choice among those who are there.
struct Prompts {
    static constexpr std::array<std::string_view, 4> own{"none", "login", "consent",
                                                         "select_account"};
    /// Which step answers for another value; empty: none does.
    using StepFor = std::function<std::string(std::string_view value)>;

    bool none = false;
    bool login = false;
    bool consent = false;
    bool selectAccount = false;
    std::string step;  ///< instance of the login step that is asked for; empty: none

    /// nullopt: an unknown value, or two that exclude each other.
    static std::optional<Prompts> parse(std::string_view text, const StepFor& stepFor);
};

struct AskedFor;

/// A checked authorization request (RFC 6749 section 4.1.1, OpenID Connect Core section 3.1.2.1).
struct AuthorizationRequest {
    std::shared_ptr<const Client> client;
    ReplyTo replyTo;
    const AskedFor* type = nullptr;  ///< what its answer is made of; nullptr: of a promise
    std::optional<OpenPromise> promise;  ///< what its client waits for, in place of an answer
    bool isRedirectUriSent = false;  ///< the token request must then repeat it
    ScopeSet scopes;  ///< what the client may have of what it asked for
    std::string nonce;
    std::string codeChallenge;  ///< S256; empty when the client does without
    Prompts prompts;
    std::optional<seconds> maxAge;
    std::string loginHint;
    std::string uiLocales;
    std::string acrValues;
    std::string subject;  ///< the only person the answer may be about; empty: anybody
    ClaimsRequest claims;
    ScopeSet claimScopes;  ///< what a person allows with them
    std::vector<std::string> resources;  ///< RFC 8707
    ValueMap confirmation;  ///< `cnf` that who redeems its code has to prove; empty: none
    /// Of these all but the server's own: people allow them.
    std::vector<std::shared_ptr<const ProtectedResource>> protectedResources;
    ValueMap notes;  ///< what plugins' rules noted, by instance
    /// Below the issuer's, of the page of the server's own that asks, and gets nothing but a
    /// browser whose person has signed in; empty: a client asks.
    std::string returnPath;

    bool isOwn() const noexcept { return !returnPath.empty(); }
    /// For audit events.
    std::string page() const { return returnPath.substr(0, returnPath.find('?')); }
};

/// Why a request is refused, and where to say so. Without `replyTo` only the person may be told, on
/// a page: redirecting would help an attacker (RFC 9700 section 4.11).
struct Refusal {
    OAuthError error;
    std::optional<ReplyTo> replyTo;
    std::shared_ptr<const Client> client;  ///< when it is known
};

}  // namespace gatehouse
