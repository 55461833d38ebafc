// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/RequiredSource.h>
#include <gatehouse/Time.h>
#include <gatehouse/point/RequestSource.h>

#include "ObjectFetcher.h"
#include "ObjectReader.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Requests that their client has signed, by value or by reference (RFC 9101, OpenID Connect Core
/// section 6). All parameters are those of the object (RFC 9101 section 6.3); what OpenID Connect
/// wants outside as well, client_id and response_type, must not contradict it.
class RequestObjectSource final : public With<RequestSource, RequiredSource> {
public:
    Status configure(const Config& config, Host& host) override;
    Status start() override;
    std::vector<std::string_view> parameters() const override;
    Result<RequestRead, OAuthError> read(const RequestInHand& request) const override;
    void describe(const Issuer& issuer, ValueMap& metadata) const override;
    std::optional<OAuthError> objection(const Client& client) const override;

private:
    seconds longestLifeOf(const Client& client) const;
    Result<std::string, OAuthError> textOf(const RequestInHand& request) const;

    Host* host_ = nullptr;
    std::vector<std::string> algorithms_;
    bool isByReference_ = false;
    seconds longestLife_{0};
    std::optional<ObjectReader> reader_;
    std::optional<ObjectFetcher> fetcher_;
};

}  // namespace gatehouse
