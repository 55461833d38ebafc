// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Capability.h>
#include <gatehouse/Context.h>
#include <gatehouse/Http.h>
#include <gatehouse/Result.h>
#include <gatehouse/Time.h>
#include <gatehouse/point/LoginStep.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// What a person has set up to prove who they are (NIST SP 800-63-3 section 4.3.1): a passkey, an
/// app that makes codes, a list of codes.
struct Authenticator {
    std::string id;  ///< among those of its step and person
    std::string name;  ///< what the person calls it; empty: there is one at most, and no name
    TimePoint added{};
    std::optional<TimePoint> used = {};  ///< for the last time
    std::optional<int> left = {};  ///< how often it can still be used, where that is limited
};

/// Beside a LoginStep: what its proofs are made with is the person's to look after. Asked by who
/// shows people their account, for people whose login is fresh. The texts "account.NAME" (what such
/// things are called, in the plural), "account.NAME.add" (a button) and "account.NAME.lead" are the
/// plugin's, NAME as in textName(). Threads: any.
class KeepsAuthenticators {
public:
    static constexpr Capability capability{"login_step.authenticators", 1};
    KeepsAuthenticators(const KeepsAuthenticators&) = delete;
    KeepsAuthenticators& operator=(const KeepsAuthenticators&) = delete;
    virtual ~KeepsAuthenticators() = default;

    /// Static storage: "totp".
    virtual std::string_view textName() const noexcept = 0;
    virtual Result<std::vector<Authenticator>> list(const Context&,
                                                    const FoundUser& person) const = 0;
    /// The page that sets one up, and its form: as ask() and answer() of the step, with the same
    /// templates, where only `again`, `page` and `passed` are known. `state.kept` goes along from
    /// one to the next; it is sealed, and can come back an hour old or twice. `failed`: this person
    /// cannot have (another) one.
    virtual Result<StepOutcome> askNew(const Context&, LoginState& state) const = 0;
    virtual Result<StepOutcome> takeNew(const Context&, LoginState& state,
                                        const Form& form) const = 0;
    /// False: there is none of this id any more.
    virtual Result<bool> remove(const Context&, const FoundUser& person,
                                std::string_view id) const = 0;

private:
    template <class P, class... C> friend class With;
    KeepsAuthenticators() = default;
};

}  // namespace gatehouse
