// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Jobs.h>
#include <gatehouse/PromiseJobs.h>
#include <gatehouse/point/ClientMetadataRule.h>

#include "AskedRequests.h"
#include "Notifier.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Clients that ask people behind their backs: what they say of themselves, what they have asked,
/// and that it was decided about: a durable job for each, in a queue of the client's own.
class CibaClients final : public With<ClientMetadataRule, PromiseJobs> {
public:
    Status configure(const Config& config, Host& host) override;
    Status start() override;

    std::vector<std::string_view> members() const override;
    Status admit(const Context& context, const ValueMap& metadata) const override;
    std::vector<NewJob> jobs(const Context& context, const DecidedPromise& promise) const override;

    const AskedRequests& requests() const noexcept { return *requests_; }
    /// By which clients can sign their requests.
    const std::vector<std::string>& algorithms() const noexcept { return algorithms_; }

private:
    Status conclude(const Context& context, const DueJob& job) const;
    Status tell(const Context& context, const AskedRequest& request) const;

    Host* host_ = nullptr;
    std::vector<std::string> algorithms_;
    std::optional<AskedRequests> requests_;
    std::optional<Notifier> notifier_;
};

template <> PluginDescriptor descriptorOf<CibaClients>();

}  // namespace gatehouse
