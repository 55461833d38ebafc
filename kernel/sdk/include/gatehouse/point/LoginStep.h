// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Http.h>
#include <gatehouse/Plugin.h>
#include <gatehouse/Result.h>
#include <gatehouse/User.h>

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

/// A person found by a step.
struct FoundUser {
    std::string store;  ///< instance of the user store
    User user;
};

/// A login under way. Kept by the kernel, sealed, in the address of the page: the browser can
/// neither read nor change it, but may go back to an earlier one. What must not count twice (a
/// one-time code) goes through Records::once().
struct LoginState {
    std::optional<FoundUser> person;  ///< once a step knows who it is
    std::string loginHint;  ///< what the site or the person gave before
    std::string acrValues;  ///< what the site asked for
    std::string remoteAddress;
    ValueMap kept;  ///< the step's own, kept between ask and answer; a few KB at most
};

/// A page to show: a template's name and its values.
struct Page {
    std::string name;
    ValueMap values;
};

enum class Need { yes, offered, no };

struct StepOutcome {
    enum class Next { passed, again, failed };
    Next next = Next::again;
    std::string message;  ///< key of a text to show with `again`: "login.wrong"
};

/// One question asked at login.
class LoginStep : public Plugin {
public:
    static constexpr Point point{"login_step", 1, Cardinality::ordered};
    /// RFC 8176 value this step proves; static storage. Empty: nothing. Values of different kinds
    /// (what one knows, has, is) make `acr` two factors.
    virtual std::string_view amr() const noexcept = 0;
    virtual Need needed(const Context&, const LoginState& state) const = 0;
    virtual Result<Page> ask(const Context&, LoginState& state) const = 0;
    /// Who asks for a login sets `state.loginHint` to it: wrong answers are counted against the
    /// account, as they are against `state.person` once that is known. A form field "username" is
    /// looked up before the answer is, so that who has given too many costs no more.
    virtual Result<StepOutcome> answer(const Context&, LoginState& state,
                                       const Form& form) const = 0;
};

}  // namespace gatehouse
