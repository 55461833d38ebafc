// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Http.h>
#include <gatehouse/Token.h>
#include <gatehouse/point/LoginStep.h>

#include "authorization/FoundRequest.h"
#include "login/FormGuard.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// An authorization request that waits for its person, and how far they are.
struct Interaction {
    static constexpr std::size_t longestHint = 256;

    std::string name;  ///< random; stays the same from page to page
    std::string browser;  ///< keyed hash of the browser's cookie
    std::vector<Form::Field> request;  ///< as sent; of one that is kept, whose it is
    ValueMap notes;  ///< what plugins' rules noted about it
    GoodOnce once;  ///< what it is called where it is good for one answer
    KeptRequest at;  ///< where all of the request is, if not here
    TimePoint until{};  ///< afterwards it can only be started again
    std::optional<Subject> person;  ///< once a login step knows who it is
    std::string loginHint;
    std::vector<std::string> passed;  ///< instances of the login steps that are done
    std::vector<std::string> amr;  ///< what they proved
    ValueMap kept;  ///< the steps' own, by step
    std::vector<std::string> skipped;  ///< steps that were offered, and left for later
    std::string chosen;  ///< the step that the person prefers where there are others
    ValueMap remembers;  ///< entries of the plan that the person wishes not to be asked for again
                         ///< here, and for how many seconds
    std::string away;  ///< the step that sent the browser elsewhere
    std::string raises;  ///< selector of the session that only lacks proof; else nobody is assumed
    std::optional<std::string> account;  ///< `sub` of whom the person chose among those who were
                                         ///< signed in; empty: somebody else
    std::string session;  ///< selector of the session that was opened for this request

    std::string id;  ///< all of the above, sealed: as it stands in URLs
    std::string plain;  ///< what `id` was made of
    std::string
        reference;  ///< another name for `id`, to be kept by the next renew(); no part of it

    /// "/interaction/ID/" of this issuer, to which "login", "consent", "cancel" are added.
    std::string path(const Issuer& issuer) const;
    /// The part of the name that tells a browser's tabs apart.
    std::string tab() const;
    /// Forgets what the login steps found out.
    void startOver();
};

/// Interactions live in the addresses of their pages, sealed, and nowhere else: whoever asks for a
/// thousand login pages costs the server no byte, and any node can go on. A browser can neither
/// read nor change one; it may go back to an earlier page. An interaction belongs to the browser it
/// was begun in: its address is worth nothing in another. Threads: any.
class InteractionBook {
public:
    InteractionBook(Host& host, const FormGuard& guard, seconds lifetime)
        : host_(host), guard_(guard), lifetime_(lifetime) {}

    /// How much longer than it can be used an interaction can be started again.
    static constexpr seconds restartable{3600};

    struct Begun {
        Interaction interaction;
        std::vector<Cookie> cookies;  ///< to set, when the browser has none yet
    };
    /// It has no address until renew().
    Begun begin(const Context& context, const HttpRequest& request, const FoundRequest& asked,
                const ValueMap& notes) const;

    enum class State { good, unknown, otherBrowser, expired };
    struct Found {
        State state = State::unknown;
        bool isOfLink = false;  ///< found by a reference
        Interaction interaction;  ///< if it was ours at all: for `unknown` and `otherBrowser` only
                                  ///< to show the way back to the site

        bool isOfThisBrowser() const noexcept {
            return state == State::good || state == State::expired;
        }
    };
    Found find(const Context& context, const HttpRequest& request) const;
    /// The same by what came back from elsewhere as `state`: an address, or a reference to one.
    Result<Found> findAgain(const Context& context, const HttpRequest& request,
                            std::string_view state) const;
    /// True the first time it is asked about what this interaction is now.
    Result<bool> use(const Context& context, const Interaction& interaction) const;

    /// Gives it the address of what it is now. Fault::badInput when it has become too long.
    Status renew(const Context& context, Interaction& interaction) const;
    /// The cookie that notes that the client has its answer: "back" then does not send the person
    /// to the client with an answer it no longer waits for, and a button pressed twice still works.
    static Cookie conclude(const Context& context, const Interaction& interaction);

private:
    Found find(const Context& context, const HttpRequest& request, std::string_view id) const;
    Status keep(const Context& context, Interaction& interaction) const;
    std::string keyOf(std::string_view reference) const;
    std::optional<Interaction> open(const Context& context, std::string_view id) const;

    Host& host_;
    const FormGuard& guard_;
    seconds lifetime_;
};

}  // namespace gatehouse
