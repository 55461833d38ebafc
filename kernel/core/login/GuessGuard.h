// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Event.h>
#include <gatehouse/Host.h>
#include <gatehouse/Http.h>
#include <gatehouse/Token.h>
#include <gatehouse/point/LoginStep.h>

#include "limit/Admission.h"
#include "limit/RateLimiter.h"
#include "login/KnownBrowser.h"

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

class PersonDirectory;

/// Slows down guessing wherever people prove who they are: few answers are looked at at once, and
/// who gave too many wrong ones waits. Threads: any.
class GuessGuard {
public:
    /// All outlive it.
    GuessGuard(Host& host, const PersonDirectory& people, RateLimiter& limits)
        : host_(host), people_(people), limits_(limits), browsers_(host) {}

    /// How passwords are asked for, whoever asks; RFC 8176 section 2.
    static constexpr std::string_view passwords = "pwd";
    /// What the answers to a login step count as: its own, but for passwords, which are the same
    /// ones wherever they are asked for.
    static std::string_view countedAs(const Host::Named<LoginStep>& step) {
        return step.plugin->amr() == passwords ? passwords : std::string_view(step.name);
    }

    /// An answer of this person to what counts as this; `http` outlives it.
    Guess guessOf(const Context& context, const HttpRequest& http, std::string_view step,
                  const Subject& person) const;
    /// The same of whom the login finds, or would find; empty: nobody knows whose it is.
    Guess guessOf(const Context& context, const HttpRequest& http, std::string_view step,
                  std::string_view login) const;

    /// nullopt: go on.
    std::optional<seconds> wait(const Context& context, const Guess& guess) const;
    /// nullopt: too many are looked at.
    std::optional<Admission::Pass> enter(const Guess& guess) const;
    /// It was wrong: counts it, and tells the audit trail, also whose it was; the event has all
    /// else.
    void failed(const Context& context, const Guess& guess, Event event) const;

private:
    Guess guessOfAccount(const Context& context, const HttpRequest& http, std::string_view step,
                         std::string account) const;

    Host& host_;
    const PersonDirectory& people_;
    RateLimiter& limits_;
    KnownBrowser browsers_;
    mutable Admission admission_;
};

}  // namespace gatehouse
