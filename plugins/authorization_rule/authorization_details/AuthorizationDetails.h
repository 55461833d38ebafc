// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/ConsentNote.h>
#include <gatehouse/Host.h>
#include <gatehouse/TokenNote.h>
#include <gatehouse/point/AuthorizationRule.h>

#include "DetailNote.h"
#include "DetailType.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Rich authorization requests (RFC 9396): what a client asks for beside scopes, as objects of
/// types that the operator describes. Its note is {"details": [...]}.
class AuthorizationDetails final : public With<AuthorizationRule, ConsentNote, TokenNote> {
public:
    Status configure(const Config& config, Host& host) override;
    Status start() override;
    std::vector<std::string_view> parameters() const override;
    Result<ValueMap, OAuthError> check(const RequestInHand& request) const override;

    ValueList shown(const ValueMap& note, std::string_view language) const override;
    bool isCovered(const ValueMap& kept, const ValueMap& note) const override;
    ValueMap kept(const ValueMap& before, const ValueMap& note) const override;
    ValueList kinds(const ValueMap& note) const override;

    std::string_view member() const override;
    Result<ValueMap, OAuthError> carried(const NoteInHand& tokens) const override;
    Value told(const ValueMap& note, const std::vector<std::string>& audience) const override;

    void describe(const Issuer& issuer, ValueMap& metadata) const override;

private:
    using Objection = std::optional<OAuthError>;
    Objection objection(const Details& details, const Client& client, bool isAlone) const;
    Objection objection(const ValueMap& detail, const Client& client, bool isAlone) const;
    /// Each of them no more than another one that was granted.
    bool areWithin(const Details& granted, const Details& asked) const;
    Details allowedNow(Details granted, const Client& client) const;

    Host* host_ = nullptr;
    const DetailTypes* types_ = nullptr;
};

}  // namespace gatehouse
