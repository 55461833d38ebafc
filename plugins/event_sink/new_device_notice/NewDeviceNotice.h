// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Jobs.h>
#include <gatehouse/facade/Mails.h>
#include <gatehouse/facade/People.h>
#include <gatehouse/point/EventSink.h>

#include <optional>
#include <string>
#include <vector>

namespace gatehouse {

/// Writes to people that somebody has signed in as them in a browser in which they never had.
class NewDeviceNotice final : public EventSink {
public:
    Status configure(const Config& config, Host& host) override;
    Status start() override;
    /// Throws when the storage is away.
    void publish(const std::vector<Event>& events) override;

private:
    Status keepNew(const Event& event) const;
    Status addJob(const Event& event) const;
    Status tell(const Context& context, const DueJob& job) const;
    /// nullopt: there is nobody to be written to.
    Result<std::optional<FoundUser>> personOf(const Context& context, const ValueMap& login) const;
    std::string linkOf(const Issuer& issuer) const;

    Host* host_ = nullptr;
    const People* people_ = nullptr;
    const Mails* mails_ = nullptr;
    std::string link_;
};

}  // namespace gatehouse
