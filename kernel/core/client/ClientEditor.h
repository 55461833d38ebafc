// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Records.h>
#include <gatehouse/Result.h>
#include <gatehouse/facade/Clients.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse {

class ClientDirectory;
class ClientRules;

struct ClientPage {
    std::vector<Client> clients;
    std::string next;
};

/// Registers, changes and removes clients. Each change is announced to every node. Fault::badInput
/// says what is wrong with the metadata.
class ClientEditor {
public:
    /// `tokenFormats`: the configured instances of token_format plugins.
    ClientEditor(Host& host, ClientDirectory& directory, const ClientRules& rules,
                 std::vector<std::string> tokenFormats)
        : host_(host), directory_(directory), rules_(rules),
          tokenFormats_(std::move(tokenFormats)) {}

    /// `metadata` by RFC 7591 names; `client_id` is made when absent, `client_secret` when the
    /// method needs one.
    Result<NewClient> add(const Context& context, ValueMap metadata);
    /// What add() would register, with all its checks but whether the client_id is taken.
    Result<NewClient> draft(const Context& context, ValueMap metadata) const;
    /// Registers a draft. Fault::notAllowed: somebody else has just taken its client_id.
    Status insert(const Context& context, const Client& client) {
        return write(context, client, Expect::State::absent);
    }
    /// See Clients::enroll().
    Result<NewClient> enroll(const Context& context, SelfRegistration wish);
    /// See Clients::replace().
    Result<NewClient> replace(const Context& context, const StoredClient& before,
                              const SelfRegistration& wish);
    /// Registers what a client says of itself where its id leads, or puts it in place of what it
    /// said `before`. Where its answers go, how it proves itself and by which names it knows people
    /// are who it is: with others of these it is another registration, so that nothing is inherited
    /// that was given to the former. Fault::notAllowed as in replace().
    Result<Client> bring(const Context& context, std::string_view clientId,
                         const std::optional<StoredClient>& before, const ValueMap& said,
                         Sourced sourced);
    /// See Clients::read().
    Result<std::optional<StoredClient>> read(const Context& context,
                                             std::string_view clientId) const;
    /// Replaces the given members; null removes one.
    Result<Client> update(const Context& context, std::string_view clientId,
                          const ValueMap& changes);
    /// Adds a secret; the older ones expire after `overlap`.
    Result<NewClient> rotateSecret(const Context& context, std::string_view clientId,
                                   seconds overlap);
    Status remove(const Context& context, std::string_view clientId);
    Result<ClientPage> list(const Context& context, std::string_view after,
                            std::size_t limit) const;

private:
    Result<Client> turn(const Context& context, Client client, bool isOff, std::uint64_t version);
    Status check(const Context& context, const Client& client, const ValueMap& changes) const;
    Status checkChanged(const Client& client, const ValueMap& changes) const;
    Result<Record> readRecord(const Context& context, std::string_view clientId) const;
    Result<NewClient> make(const Context& context, ValueMap metadata, const SelfRegistration& wish);
    /// Fault::notAllowed: it was changed by somebody else just now.
    Status write(const Context& context, const Client& client, Expect::State expect,
                 std::uint64_t version = 0);

    Host& host_;
    ClientDirectory& directory_;
    const ClientRules& rules_;
    const std::vector<std::string> tokenFormats_;
};

}  // namespace gatehouse
