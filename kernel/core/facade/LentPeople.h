// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/facade/People.h>

namespace gatehouse {

class Services;

/// See People.
class LentPeople final : public People {
public:
    explicit LentPeople(Services& core) : core_(core) {}

    Result<std::optional<User>> find(const Context& context, const Subject& subject) const override;
    Result<std::optional<FoundUser>> findByLogin(const Context& context,
                                                 std::string_view login) const override;
    UserEditor* editor(const Issuer& issuer, std::string_view store) const override;
    ValueMap claims(const User& person, const ScopeSet& scopes, ClaimTarget target,
                    const ValueMap& requested) const override;
    std::vector<std::string> claimNames() const override;
    std::vector<std::string> scopes() const override;
    Result<ValueMap> userinfo(const Context& context, const User& person,
                              const Authorization& authorization,
                              const ScopeSet& scopes) const override;
    Result<std::optional<FoundUser>, OAuthError>
    verify(const Context& context, const HttpRequest& request, std::string_view login,
           const Secret& password, std::string_view by) const override;
    Result<std::optional<FoundUser>> findByPassword(const Context& context, std::string_view login,
                                                    const Secret& password) const override;
    Result<std::optional<std::string>> userinfoJwt(const Context& context,
                                                   const Authorization& authorization,
                                                   const ValueMap& claims) const override;
    std::vector<std::string> subjectTypes() const override;
    Result<std::string> subFor(const Context& context, const Client& client,
                               const Subject& subject) const override;
    Result<std::optional<Subject>> findByIdToken(const Context& context, const Client& client,
                                                 std::string_view idToken) const override;
    Result<std::string> passwordProblem(const Context& context, const User& person,
                                        const Secret& password) const override;
    Result<std::string> choosePassword(const Context& context, const FoundUser& person,
                                       const Secret& password,
                                       std::string_view remoteAddress) const override;

private:
    Services& core_;
};

}  // namespace gatehouse
