// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Http.h>
#include <gatehouse/Plugin.h>
#include <gatehouse/Result.h>
#include <gatehouse/Time.h>
#include <gatehouse/User.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

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
    std::optional<FoundUser> person;  ///< once a step knows who it is; a later one cannot change it
    std::string loginHint;  ///< what the site or the person gave before
    std::string acrValues;  ///< what the site asked for
    std::string remoteAddress;
    ValueMap kept;  ///< this step's own, kept until it has passed; a few KB at most
    /// Where another site sends the browser back to, with `state`. With "/" and the step's instance
    /// behind it, no answer is taken there that comes back to another step.
    std::string returnUrl;
    std::string clientId;  ///< for whose request it is
    std::string id;  ///< the same at all pages of the login, and no other's; never shown
    std::string language;  ///< of its pages
    std::optional<seconds> maxAge;  ///< how old a proof may be; 0: it is to be given now
    bool isChosen = false;  ///< the person chose this step, or there is no other
};

/// A page to show: a template's name and its values.
struct Page {
    std::string name;
    ValueMap values;
    std::string message = {};  ///< key of a text: the value `message`, in the person's language
};

/// Must a person be asked?
enum class Need {
    yes,
    enrolment,  ///< they have no answer yet and have to set one up here: no way beside another that
                ///< they can answer, or who knows one proof would make the other
    offered,  ///< the same, or they may say "later"; not asked where only more proof is wanted
    no,  ///< there is nothing to ask: as good as passed
    unable  ///< they have no way to answer: nothing is enrolled
};

/// What a step says next.
struct StepOutcome {
    enum class Next {
        passed,
        again,  ///< ask once more
        failed,  ///< the login begins again
        page,  ///< show this page of the step; its form comes to answer()
        redirect,  ///< go there; what comes back goes to returned()
        wait  ///< not now: 429 (RFC 6585 section 4)
    };
    Next next = Next::again;
    std::string message = {};  ///< key of a text to show with `again` and `failed`: "login.wrong";
                               ///< with `wait`: of "message.KEY" and "message.KEY.heading"
    std::vector<std::string> amr = {};  ///< what was proved, where that is not just amr()
    Page page = {};
    std::string url = {};  ///< https; the kernel adds the parameter `state`
    seconds time{0};  ///< with `wait`: how long
    std::string reference = {};  ///< with `again` and `page`: a name with 128 random bits or more.
                                 ///< What goes to `returnUrl?state=REFERENCE`, while the login
                                 ///< lasts, goes to returned()

    static StepOutcome passed(std::vector<std::string> amr = {}) {
        return {Next::passed, {}, std::move(amr)};
    }
    /// With a message it counts as a wrong answer.
    static StepOutcome again(std::string message = {}) { return {Next::again, std::move(message)}; }
    static StepOutcome failed(std::string message = {}) {
        return {Next::failed, std::move(message)};
    }
    static StepOutcome show(Page page) { return {Next::page, {}, {}, std::move(page)}; }
    static StepOutcome redirect(std::string url) {
        return {Next::redirect, {}, {}, {}, std::move(url)};
    }
    static StepOutcome wait(seconds time, std::string message) {
        return {Next::wait, std::move(message), {}, {}, {}, time};
    }
};

/// One question asked at login.
class LoginStep : public Plugin {
public:
    static constexpr Point point{"login_step", 1, Cardinality::ordered};
    /// RFC 8176 value this step proves; static storage. Empty: nothing. Values of different kinds
    /// (what one knows, has, is) make `acr` two factors.
    virtual std::string_view amr() const noexcept = 0;
    /// Asked often, also while other steps are answered: quick, and without effect.
    virtual Need needed(const Context&, const LoginState& state) const = 0;
    /// A page, usually. `passed` and `failed` when it can answer by itself.
    virtual Result<StepOutcome> ask(const Context&, LoginState& state) const = 0;
    /// The form of its page. Who asks for a login sets `state.loginHint` to it: wrong answers are
    /// counted against the account, as they are against `state.person` once that is known. A form
    /// field "username" is looked up before the answer is, so that who has given too many costs no
    /// more. The fields "csrf", "other_way" and "later" are the kernel's.
    virtual Result<StepOutcome> answer(const Context&, LoginState& state,
                                       const Form& form) const = 0;
    /// What came back, in the query, from where it sent the browser, or by a link that it sent the
    /// person (StepOutcome::reference); once, and in the same browser.
    virtual Result<StepOutcome> returned(const Context&, LoginState& /*state*/,
                                         const Form& /*query*/) const {
        return StepOutcome::failed();
    }
};

}  // namespace gatehouse
