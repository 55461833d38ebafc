// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Jobs.h>
#include <gatehouse/Outgoing.h>
#include <gatehouse/SessionEnd.h>
#include <gatehouse/point/ClientMetadataRule.h>

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Tells sites that a session has ended, by a call from server to server (OpenID Connect
/// Back-Channel Logout 1.0): a durable job for each, in a queue of the site's own.
class BackchannelLogout final : public With<ClientMetadataRule, SessionEndJobs> {
public:
    Status configure(const Config& config, Host& host) override;
    Status start() override;

    std::vector<std::string_view> members() const override;
    Status admit(const Context& context, const ValueMap& metadata) const override;
    void describe(const Issuer& issuer, ValueMap& metadata) const override;

    std::vector<NewJob> jobs(const Context& context, const EndedSession& session) const override;

private:
    Status tell(const Context& context, const DueJob& job) const;
    Status send(const Context& context, const Client& client, std::string token) const;
    Result<std::string> logoutToken(const Context& context, const DueJob& job,
                                    const Client& client) const;
    Status judge(const Context& context, const Client& client, int status) const;

    Host* host_ = nullptr;
    OutgoingCalls* calls_ = nullptr;
    Counter* told_ = nullptr;
    Counter* refused_ = nullptr;
};

}  // namespace gatehouse
