// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Tickets.h>

#include "store/Handle.h"
#include "store/InstanceNames.h"

#include <string>
#include <string_view>
#include <utility>

namespace gatehouse {

/// The tickets of one plugin instance. Threads: any.
class OwnTickets final : public Tickets {
public:
    /// What it makes them with; the kernel's own, which outlive this.
    struct Tools {
        Clock& clock;
        Random& random;
        Crypto& crypto;
        Records& records;
        Subjects& subjects;
    };
    OwnTickets(const Tools& tools, InstanceNames names)
        : tools_(tools), handles_(tools.clock, tools.random), names_(std::move(names)) {}

    /// Before it is used.
    void keepPlainNames() { names_.keepPlainNames(); }

    Result<std::string> issue(const Context& context, std::string_view kind, const Client& client,
                              Authorization authorization, seconds lifetime) override;

private:
    Tools tools_;
    HandleMaker handles_;
    InstanceNames names_;
};

}  // namespace gatehouse
