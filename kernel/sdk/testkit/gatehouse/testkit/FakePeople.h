// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/facade/People.h>
#include <gatehouse/testkit/FakeBackend.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::testkit {

/// Knows Ada, of the user store "people", whose login is "ada" and whose password is "right".
/// Who has an editor names it.
class FakePeople final : public People {
public:
    /// The backend must outlive this.
    explicit FakePeople(const FakeBackend& backend) : backend_(backend) {
        ada.id = "id-of-ada";
        ada.login = "ada";
        ada.claims = {{"name", "Ada Lovelace"}};
    }

    Result<std::optional<User>> find(const Context& context,
                                     const Subject& subject) const override {
        return backend_.answer(context, subject.id == ada.id ? std::optional(ada) : std::nullopt);
    }
    Result<std::optional<FoundUser>> findByLogin(const Context& context,
                                                 std::string_view login) const override {
        return backend_.answer(context, login == ada.login ? std::optional(FoundUser{"people", ada})
                                                           : std::nullopt);
    }
    UserEditor* editor(const Issuer&, std::string_view) const override { return edited; }
    ValueMap claims(const User& person, const ScopeSet&, ClaimTarget,
                    const ValueMap&) const override {
        return person.claims;
    }
    std::vector<std::string> claimNames() const override { return {"name"}; }
    std::vector<std::string> scopes() const override { return {"openid", "profile"}; }
    Result<ValueMap> userinfo(const Context& context, const User& person, const Authorization&,
                              const ScopeSet&) const override {
        return backend_.answer(context, person.claims);
    }
    Result<std::optional<FoundUser>, OAuthError> verify(const Context& context, const HttpRequest&,
                                                        std::string_view login,
                                                        const Secret& password,
                                                        std::string_view /*by*/) const override {
        auto found = findByPassword(context, login, password);
        return found ? Result<std::optional<FoundUser>, OAuthError>(*std::move(found))
                     : OAuthError::from(found.error());
    }
    Result<std::optional<FoundUser>> findByPassword(const Context& context, std::string_view login,
                                                    const Secret& password) const override {
        const bool isRight = login == ada.login && password.view() == "right";
        return backend_.answer(context,
                               isRight ? std::optional(FoundUser{"people", ada}) : std::nullopt);
    }

    Result<std::optional<std::string>> userinfoJwt(const Context&, const Authorization&,
                                                   const ValueMap&) const override {
        return std::optional<std::string>();
    }

    std::vector<std::string> subjectTypes() const override { return {"public"}; }
    Result<std::string> subFor(const Context& context, const Client&,
                               const Subject& subject) const override {
        return backend_.answer(context, subject.sub);
    }

    /// The ID token "id-token-of-ada" is ada's.
    Result<std::optional<Subject>> findByIdToken(const Context& context, const Client&,
                                                 std::string_view idToken) const override {
        const bool isHers = idToken == "id-token-of-ada";
        return backend_.answer(context, isHers
                                            ? std::optional(Subject{"sub-of-ada", "people", ada.id})
                                            : std::nullopt);
    }

    /// Nobody should have "leaked".
    Result<std::string> passwordProblem(const Context& context, const User&,
                                        const Secret& password) const override {
        return backend_.answer(context,
                               std::string(password.view() == "leaked" ? "password.leaked" : ""));
    }
    Result<std::string> choosePassword(const Context& context, const FoundUser& person,
                                       const Secret& password,
                                       std::string_view /*remoteAddress*/) const override {
        auto problem = passwordProblem(context, person.user, password);
        if (!problem || !problem->empty() || edited == nullptr) {
            return problem;
        }
        const auto set = edited->setPassword(context, person.user.id, password);
        if (!set && set.error().fault != Fault::badInput) {
            return set.error();
        }
        return std::string(set ? "" : "new_password.refused");
    }

    User ada;
    UserEditor* edited = nullptr;  ///< of everybody

private:
    const FakeBackend& backend_;
};

}  // namespace gatehouse::testkit
