// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Context.h>
#include <gatehouse/Http.h>
#include <gatehouse/Plugin.h>
#include <gatehouse/Result.h>
#include <gatehouse/Time.h>
#include <gatehouse/Token.h>
#include <gatehouse/User.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// What kind of browser it said that it is, in words of the server's own: "Firefox", "Linux".
/// Empty: unknown.
struct Browser {
    std::string name;
    std::string system;
};

/// A browser in which somebody is signed in.
struct SignOn {
    Subject subject;
    Authentication authentication;  ///< its sessionId is the server's own; see sidFor()
    TimePoint ends{};
    std::vector<std::string> clients;  ///< ids of those that were answered from it
    TimePoint seen{};  ///< when something was last, roughly
    Browser browser{};
    std::vector<std::string> steps{};  ///< instances of login_step that were passed
};

/// Single sign-on sessions of an issuer. Lent by the kernel to who lists "sessions" in its needs,
/// for use while serving; grows at its end. Threads: any.
class Sessions : public Plugin {
public:
    static constexpr Point point{"sessions", 1, Cardinality::one};
    /// Who is signed in in the browser that sends this request? Of several, the one who signed in
    /// or was chosen there last. nullopt: nobody, for too long, or somebody who is gone or
    /// disabled.
    virtual Result<std::optional<SignOn>> find(const Context&,
                                               const HttpRequest& request) const = 0;
    /// All of a person's, in whatever browsers.
    virtual Result<std::vector<SignOn>> list(const Context&, std::string_view sub) const = 0;
    /// Ends the one that find() gives, if there is one, and waits a moment until its clients were
    /// told; the cookies go with the answer.
    virtual Result<std::vector<Cookie>> end(const Context&, const HttpRequest& request) const = 0;
    /// Ends all of a person's.
    virtual Status endAll(const Context&, std::string_view sub) const = 0;
    /// URLs that a page loads in frames which says that this session has ended: so some clients
    /// hear of it. For the value `frames` of Pages.
    virtual Result<std::vector<std::string>> frames(const Context&, const SignOn&) const = 0;
    /// The `sid` by which this client knows it (OpenID Connect Front-Channel Logout section 3).
    virtual Result<std::string> sidFor(const Context&, const Client&, const SignOn&) const = 0;
    /// All people who are signed in in the browser beside each other; the one that find() gives
    /// first.
    virtual Result<std::vector<SignOn>> findAll(const Context&,
                                                const HttpRequest& request) const = 0;
    /// As end(), those of these that the browser has.
    virtual Result<std::vector<Cookie>> endThese(const Context&, const HttpRequest& request,
                                                 const std::vector<SignOn>& sessions) const = 0;
    /// Ends the one of this person's that has this `sid`, in whatever browser. False: there is
    /// none. `remoteAddress` is of who asks, for the audit event.
    virtual Result<bool> endOne(const Context&, std::string_view sub, std::string_view sid,
                                const std::string& remoteAddress) const = 0;
};

}  // namespace gatehouse
