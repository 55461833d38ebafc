// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Http.h>
#include <gatehouse/Records.h>
#include <gatehouse/Token.h>
#include <gatehouse/point/LoginStep.h>

#include "login/FormGuard.h"
#include "store/Handle.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// An authorization request that waits for its person.
struct Interaction {
    std::string key;  ///< of the record
    std::uint64_t version = 0;
    std::string browser;  ///< keyed hash of the browser's cookie
    std::vector<Form::Field> request;  ///< as sent
    TimePoint until{};  ///< afterwards it can only be started again
    std::optional<Subject> person;  ///< once a login step knows who it is
    std::string loginHint;
    std::vector<std::string> passed;  ///< instances of the login steps that are done
    std::vector<std::string> amr;  ///< what they proved
    ValueMap kept;  ///< the steps' own
    bool isAnswered = false;  ///< the client has its answer
    std::string stored;  ///< its record, to know whether it changed
    std::string session;  ///< selector of the session that was opened for this request

    /// As it stands in URLs.
    std::string id() const;
    /// "/interaction/ID/" of this issuer, to which "login", "consent", "cancel" are added.
    std::string path(const Issuer& issuer) const;
};

/// Keeps interactions. One belongs to the browser it was begun in: its address is worth nothing in
/// another. Threads: any.
class InteractionBook {
public:
    InteractionBook(Host& host, HandleMaker& handles, const FormGuard& guard, seconds lifetime)
        : host_(host), handles_(handles), guard_(guard), lifetime_(lifetime) {}

    struct Begun {
        Interaction interaction;
        std::vector<Cookie> cookies;  ///< to set, when the browser has none yet
    };
    Result<Begun> begin(const Context& context, const HttpRequest& request, const Form& form) const;

    enum class State { good, unknown, otherBrowser, expired };
    struct Found {
        State state = State::unknown;
        Interaction interaction;  ///< for `good` and `expired`
    };
    Result<Found> find(const Context& context, const HttpRequest& request) const;

    /// Writes what changed. False when somebody else changed it meanwhile.
    Result<bool> save(const Context& context, Interaction& interaction) const;
    /// The client has its answer. For a moment longer the same can be had again: a button pressed
    /// twice, or "back", must not leave the person on an error page.
    Status conclude(const Context& context, Interaction& interaction) const;

private:
    Record recordOf(const Interaction& interaction) const;

    Host& host_;
    HandleMaker& handles_;
    const FormGuard& guard_;
    seconds lifetime_;
};

}  // namespace gatehouse
