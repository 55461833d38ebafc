// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Outgoing.h>
#include <gatehouse/Secret.h>
#include <gatehouse/point/Approver.h>

#include <string>

namespace gatehouse {

/// Has a service of the operator's decide: each question is a POST that its secret vouches for.
class HttpApprover final : public Approver {
public:
    Status configure(const Config& config, Host& host) override;
    Result<Ruling> ask(const Context& context, const Approval& approval) const override;

private:
    Host* host_ = nullptr;
    OutgoingCalls* calls_ = nullptr;
    std::string url_;
    Secret secret_;
};

}  // namespace gatehouse
