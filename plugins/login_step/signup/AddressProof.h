// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/facade/Mails.h>
#include <gatehouse/point/LoginStep.h>

#include <string>

namespace gatehouse {

/// Whether letters arrive where somebody says: a link goes there, and leads back to the page that
/// makes the account. An address that has an account gets a mail that says so; no page does.
/// Threads: any.
class AddressProof {
public:
    /// From start() on.
    explicit AddressProof(Host& host) : host_(host), mails_(host.one<Mails>()) {}

    bool canBe() const { return mails_.canSend(); }
    /// The one that this login has shown; empty: none yet.
    static std::string shownIn(const LoginState& state);
    /// A mail was sent, and its link is waited for.
    static bool isWaiting(const LoginState& state);
    static StepOutcome ask(const LoginState& state);
    enum class Known { no, yes, untold };
    Result<StepOutcome> send(const Context& context, LoginState& state, const std::string& address,
                             Known known) const;
    /// Its link was opened, perhaps.
    StepOutcome returned(LoginState& state, const Form& query) const;

private:
    std::string hashOf(std::string_view reference) const;

    Host& host_;
    const Mails& mails_;
};

}  // namespace gatehouse
