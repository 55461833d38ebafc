// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/AskedStep.h>
#include <gatehouse/MayBeLeft.h>
#include <gatehouse/SessionEnd.h>
#include <gatehouse/point/AuthorizationRule.h>
#include <gatehouse/point/ClientMetadataRule.h>
#include <gatehouse/point/LoginStep.h>
#include <gatehouse/point/RequestSource.h>
#include <gatehouse/point/TokenFormat.h>
#include <gatehouse/point/UserStore.h>

#include <cctype>
#include <functional>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

namespace gatehouse {

/// People in memory; the password of each is "secret".
class FakeUsers final : public UserStore, private UserEditor {
public:
    UserEditor* editor() noexcept override { return isEditable ? this : nullptr; }
    void add(const std::string& login, ValueMap claims = {}) {
        User user;
        user.id = "id-" + login;
        user.login = login;
        user.claims = std::move(claims);
        users[login] = user;
    }

    Result<std::optional<User>> findByLogin(const Context&, std::string_view login) const override {
        if (failure) {
            return *failure;
        }
        const auto user = users.find(spelled(login));
        return user == users.end() ? std::nullopt : std::optional(user->second);
    }
    Result<std::optional<User>> findById(const Context& context,
                                         std::string_view id) const override {
        return findByLogin(context, id.substr(0, 3) == "id-" ? id.substr(3) : std::string_view{});
    }
    std::string spelling(std::string_view login) const override { return spelled(login); }
    Result<std::optional<User>> checkPassword(const Context& context, std::string_view login,
                                              const Secret& password) const override {
        if (whileLooking) {
            whileLooking();
        }
        auto user = findByLogin(context, login);
        if (!user || !*user || (*user)->isDisabled || password.view() != "secret") {
            return user ? std::optional<User>{} : user;
        }
        return user;
    }

    std::map<std::string, User> users;
    std::optional<Error> failure;
    std::function<void()> whileLooking;  ///< at a password
    bool isEditable = false;  ///< it says so; nothing asks it to

private:
    Result<UserPage> list(const Context&, std::string_view, std::size_t) const override {
        return unasked();
    }
    Result<User> add(const Context&, const User&, const Secret&) override { return unasked(); }
    Status update(const Context&, const User&) override { return unasked(); }
    Status setPassword(const Context&, std::string_view, const Secret&) override {
        return unasked();
    }
    Status remove(const Context&, std::string_view) override { return unasked(); }
    static Error unasked() { return Error::internal("nobody edits"); }

    /// Spaces around a login and the case of letters do not matter.
    static std::string spelled(std::string_view login) {
        std::string plain;
        for (const char c : login) {
            plain += c == ' ' ? "" : std::string(1, static_cast<char>(std::tolower(c)));
        }
        return plain;
    }
};

/// Asks for user name and password. The name's field can be called otherwise.
class FakePassword final : public LoginStep {
public:
    FakePassword(const FakeUsers& users, std::string store)
        : users_(users), store_(std::move(store)) {}

    std::string_view amr() const noexcept override { return "pwd"; }
    Need needed(const Context&, const LoginState&) const override { return Need::yes; }
    Result<StepOutcome> ask(const Context&, LoginState& state) const override {
        return StepOutcome::show({"login", {{"username", state.loginHint}}});
    }
    Result<StepOutcome> answer(const Context& context, LoginState& state,
                               const Form& form) const override {
        if (whileLooking) {
            whileLooking();
        }
        const auto login = form.text(field);
        state.loginHint = login;
        auto user = users_.checkPassword(context, login, Secret(form.text("password")));
        if (!user) {
            return user.error();
        }
        if (!*user) {
            return StepOutcome::again("login.wrong");
        }
        state.person = FoundUser{store_, **user};
        return StepOutcome::passed();
    }

    std::string field = "username";
    std::function<void()> whileLooking;

private:
    const FakeUsers& users_;
    std::string store_;
};

/// Asks who has `isOn` for the number it remembers; "give up" ends the login.
class FakeNumber final : public With<LoginStep, MayBeLeft> {
public:
    std::string_view amr() const noexcept override { return "otp"; }
    Need needed(const Context&, const LoginState& state) const override {
        return isOn && state.person ? Need::yes : Need::no;
    }
    Result<StepOutcome> ask(const Context&, LoginState& state) const override {
        state.kept.set("number", "42");
        return StepOutcome::show({"message", {}});
    }
    Result<StepOutcome> answer(const Context&, LoginState& state, const Form& form) const override {
        if (form.text("number") == "give up") {
            return StepOutcome::failed();
        }
        const bool isRight = form.text("number") == state.kept.text("number");
        return isRight ? StepOutcome::passed() : StepOutcome::again("login.wrong");
    }
    bool mayBeLeft() const noexcept override { return true; }

    bool isOn = false;
};

/// Notes the parameter `card`, and counts how often it was asked.
class FakeLoyalty final : public AuthorizationRule {
public:
    std::vector<std::string_view> parameters() const override { return {"card"}; }
    Result<ValueMap, OAuthError> check(const RequestInHand& request) const override {
        ++asked;
        return ValueMap{{"card", request.parameters().text("card")}};
    }

    mutable int asked = 0;
};

/// Has one request for `request_uri`, which is good for one answer.
class FakeShelf final : public RequestSource {
public:
    std::vector<std::string_view> parameters() const override { return {"request_uri"}; }
    Result<RequestRead, OAuthError> read(const RequestInHand& /*request*/) const override {
        ++asked;
        if (isEmpty) {
            return OAuthError::of(OAuthCode::invalidRequestUri, "There is none");
        }
        return RequestRead{kept, "1", TimePoint{}};
    }

    Form kept;
    bool isEmpty = false;
    mutable int asked = 0;
};

/// Tells every client of its sessions' ends, unless it breaks.
class FakeTeller final : public With<ClientMetadataRule, SessionEndJobs, SessionEndFrames> {
public:
    std::vector<std::string_view> members() const override { return {}; }
    Status admit(const Context&, const ValueMap&) const override { return done(); }
    std::vector<NewJob> jobs(const Context&, const EndedSession& session) const override {
        if (isBroken) {
            throw std::runtime_error("broken");
        }
        if (const auto other = std::exchange(meanwhile, {})) {
            other();
        }
        return {{"tell", session.client.id, session.subject.sub + " " + std::string(session.sid)}};
    }
    std::string frame(const Context&, const EndedSession& session) const override {
        return session.client.id == "other" ? "" : "https://" + session.client.id + ".example/out";
    }

    bool isBroken = false;
    mutable std::function<void()> meanwhile;  ///< done once by somebody else, while one is asked
};

/// A step that a test tells what to do; it knows whoever `login` names.
class FakeKey final : public With<LoginStep, MayBeLeft> {
public:
    explicit FakeKey(const FakeUsers& users) : users_(users) {}

    std::string_view amr() const noexcept override { return "hwk"; }
    Need needed(const Context&, const LoginState&) const override { return need; }
    Result<StepOutcome> ask(const Context&, LoginState& state) const override {
        told = state;
        return asked;
    }
    Result<StepOutcome> answer(const Context&, LoginState& state, const Form&) const override {
        state.person = FoundUser{"people", users_.users.at(login)};
        return StepOutcome::passed();
    }
    Result<StepOutcome> returned(const Context& context, LoginState& state,
                                 const Form& query) const override {
        back = query.text("code");
        return answer(context, state, query);
    }
    bool mayBeLeft() const noexcept override { return need == Need::no; }

    Need need = Need::no;
    StepOutcome asked = StepOutcome::show({"message", {}});
    std::string login = "ada";
    mutable std::string back;
    mutable LoginState told;  ///< with the last question

private:
    const FakeUsers& users_;
};

/// Makes a person of whoever gives a login; asked for by the prompt "new".
class FakeNewcomer final : public With<LoginStep, AskedStep> {
public:
    explicit FakeNewcomer(FakeUsers& users) : users_(users) {}

    std::string_view amr() const noexcept override { return "pwd"; }
    Need needed(const Context&, const LoginState& state) const override {
        return state.person ? Need::unable : Need::yes;
    }
    Result<StepOutcome> ask(const Context&, LoginState&) const override {
        return StepOutcome::show({"new_password", {}});
    }
    Result<StepOutcome> answer(const Context&, LoginState& state, const Form& form) const override {
        const std::string login(form.text("username"));
        if (login.empty()) {
            return StepOutcome::wait(seconds{90}, "busy");
        }
        users_.add(login);
        state.person = FoundUser{"people", users_.users.at(login)};
        return StepOutcome::passed();
    }
    std::string_view prompt() const noexcept override { return value; }
    std::string missing(const std::vector<Host::Named<UserStore>>&) const override { return lacks; }

    std::string value = "new";
    std::string lacks;

private:
    FakeUsers& users_;
};

/// Codes are all that these logins give.
class NoTokens final : public TokenFormat {
public:
    Result<std::string> write(const Context&, const AccessToken&, Batch&) const override {
        return Error::internal("no token is asked for");
    }
    Result<std::optional<TokenClaim>> read(const Context&, std::string_view) const override {
        return std::optional<TokenClaim>();
    }
};

}  // namespace gatehouse
