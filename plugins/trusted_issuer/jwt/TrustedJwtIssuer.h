// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Checkable.h>
#include <gatehouse/Host.h>
#include <gatehouse/facade/People.h>
#include <gatehouse/point/TrustedIssuer.h>

#include "AssertedSubject.h"
#include "IssuerKeySet.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// An issuer that signs its assertions by keys which it publishes (RFC 7523 section 3): another
/// authorization server, a cluster, a build service.
class TrustedJwtIssuer final : public With<TrustedIssuer, Checkable> {
public:
    Status configure(const Config& config, Host& host) override;
    Status check() const override;
    Status start() override;
    Result<std::optional<Vouched>, OAuthError> vouch(const Context& context, const Client& client,
                                                     std::string_view assertion) const override;

private:
    Result<VerifiedJwt, OAuthError> verified(const Context& context, std::string_view assertion,
                                             const VerifiedJwt& said) const;
    std::string problemOf(const Context& context, const VerifiedJwt& jwt) const;
    bool isForUs(const Issuer& issuer, const Value* audience) const;
    Result<Vouched, OAuthError> vouchedFor(const Context& context, const Client& client,
                                           const ValueMap& claims) const;
    Result<Subject, OAuthError> personOf(const Context& context, const AssertedPerson& person,
                                         const ValueMap& claims) const;
    void makeSingle(Vouched& vouched) const;

    Host* host_ = nullptr;
    const People* people_ = nullptr;
    std::string issuer_;
    std::vector<std::string> algorithms_;
    std::vector<std::string> types_;
    std::vector<std::string> audience_;
    seconds longestLife_{};
    bool isSingleUse_ = true;
    std::vector<AssertedSubject> subjects_;
    std::optional<IssuerKeySet> keys_;
};

}  // namespace gatehouse
