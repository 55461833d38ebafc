// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Checkable.h>
#include <gatehouse/Commands.h>
#include <gatehouse/Host.h>
#include <gatehouse/point/Mailer.h>

#include "SmtpSettings.h"
#include "net/TlsTrust.h"

#include <atomic>
#include <optional>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Hands mails to a server by SMTP (RFC 5321), over TLS.
class SmtpMailer final : public With<Mailer, Checkable, Commands> {
public:
    Status configure(const Config& config, Host& host) override;
    Status start() override;
    void stop() noexcept override { isStopping_ = true; }
    Status check() const override;

    Status send(const Context& context, const Mail& mail) const override;

    std::vector<OfferedCommand> commands() const override;
    Result<Value> run(const Context& context, std::string_view name,
                      const GivenArguments& arguments) override;

private:
    Status hand(const Context& context, const Mail& mail) const;

    Host* host_ = nullptr;
    SmtpSettings settings_;
    std::optional<TlsTrust> trust_;
    std::atomic<bool> isStopping_{false};
};

}  // namespace gatehouse
