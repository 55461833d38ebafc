// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/RequestKeeper.h>
#include <gatehouse/RequiredSource.h>
#include <gatehouse/facade/Requests.h>
#include <gatehouse/point/RequestSource.h>

#include "PushedRecord.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Keeps what clients push, and has it for the browser that brings its `request_uri` (RFC 9126
/// section 4). That is 256 random bits, of which a keyed hash is stored: its reference.
class PushedRequests final : public With<RequestSource, RequiredSource, RequestKeeper> {
public:
    Status configure(const Config& config, Host& host) override;
    std::vector<std::string_view> parameters() const override;
    Result<RequestRead, OAuthError> read(const RequestInHand& request) const override;
    std::optional<OAuthError> objection(const Client& client) const override;
    Result<std::optional<std::string>> kept(const Context& context,
                                            std::string_view reference) const override;

    /// Stores it, durably; its `request_uri`.
    Result<std::string> keep(const Context& context, const Client& client,
                             const CheckedRequest& request) const;
    /// For how long it can be opened.
    seconds lifetime() const noexcept { return lifetime_; }
    /// Must all clients push?
    bool isRequired() const noexcept { return isRequired_; }

private:
    std::string referenceOf(std::string_view uri) const;
    Result<std::optional<PushedRecord>> find(const Context& context,
                                             std::string_view reference) const;

    Host* host_ = nullptr;
    seconds lifetime_{0};
    bool isRequired_ = false;
};

template <> PluginDescriptor descriptorOf<PushedRequests>();

}  // namespace gatehouse
