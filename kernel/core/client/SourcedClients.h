// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Result.h>
#include <gatehouse/point/ClientSource.h>

#include <memory>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse {

class ClientEditor;
class RateLimiter;

/// Clients that nobody has registered: asks the client_source plugins, and keeps what they say as
/// what is registered, so that restarts, other nodes and times at which a source is away change
/// nothing. Threads: any.
class SourcedClients {
public:
    using Found = Result<std::shared_ptr<const Client>>;
    using Sources = std::vector<Host::Named<ClientSource>>;

    /// All but `sources` outlive this.
    SourcedClients(Host& host, Sources sources, ClientEditor& editor, RateLimiter& limits)
        : host_(host), sources_(std::move(sources)), editor_(editor), limits_(limits) {}

    /// The client with this id, of which `known` is registered, nullptr for nothing. nullptr: there
    /// is none, or none any more. Fault::unavailable: it cannot be told now.
    Found find(const Context& context, std::string_view clientId,
               std::shared_ptr<const Client> known) const;

private:
    using Source = Host::Named<ClientSource>;

    const Source* sourceOf(const Context& context, std::string_view clientId) const;
    Found meet(const Context& context, const Source& source, std::string_view clientId) const;
    Found renew(const Context& context, const Source& source,
                const std::shared_ptr<const Client>& known) const;
    Result<Client> read(const Context& context, const Source& source, std::string_view clientId,
                        const Client* known) const;
    Found failed(const Context& context, const Source& source, std::string_view clientId,
                 const Error& error) const;

    Host& host_;
    const Sources sources_;
    ClientEditor& editor_;
    RateLimiter& limits_;
};

}  // namespace gatehouse
