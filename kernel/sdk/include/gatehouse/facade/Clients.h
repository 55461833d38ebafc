// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Context.h>
#include <gatehouse/Http.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/Plugin.h>
#include <gatehouse/Result.h>
#include <gatehouse/Secret.h>
#include <gatehouse/Value.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// A client that said who it is, and proved it unless it is public.
struct AuthenticatedClient {
    std::shared_ptr<const Client> client;
    bool isProven = false;
    std::string remoteAddress{};
};

/// A client just registered, or given a new secret: the one moment its secret is known.
struct NewClient {
    Client client;
    Secret secret;  ///< empty for a client without one
};

/// What a client says of itself, and what comes with it (RFC 7591 section 2).
struct SelfRegistration {
    ValueMap metadata;  ///< all there is: what is absent has its default
    ValueMap kept{};  ///< of who asks for it: see Client::kept
    TimePoint unusedUntil = never;  ///< for a new one: see Client::unusedUntil
};

/// A client as it is stored now.
struct StoredClient {
    Client client;
    std::uint64_t version = 0;
};

/// The clients of an issuer. Lent by the kernel to who lists "clients" in its needs, for use while
/// serving; grows at its end. Threads: any.
class Clients : public Plugin {
public:
    static constexpr Point point{"clients", 1, Cardinality::one};
    /// Which client sends this request (RFC 6749 sections 2.3 and 3.2.1)? Every refusal looks the
    /// same outside; the log and the audit trail say which check failed.
    virtual Result<AuthenticatedClient, OAuthError>
    authenticate(const Context&, const HttpRequest& request, const Form& form) const = 0;
    /// nullptr: unknown or disabled.
    virtual Result<std::shared_ptr<const Client>> find(const Context&,
                                                       std::string_view clientId) const = 0;
    /// `token_endpoint_auth_method` values that authenticate() takes, in the order of the
    /// configuration.
    virtual std::vector<std::string> authMethods() const = 0;
    /// JWS algorithms of client assertions.
    virtual std::vector<std::string> authAlgorithms() const = 0;
    /// Registers one by RFC 7591 names; `client_id` is made when absent, a secret when its method
    /// needs one. Fault::badInput says what is wrong.
    virtual Result<NewClient> add(const Context&, const ValueMap& metadata) const = 0;
    /// Replaces the given members; null removes one.
    virtual Result<Client> update(const Context&, std::string_view clientId,
                                  const ValueMap& changes) const = 0;
    /// Its tokens are refused from then on, everywhere within a second.
    virtual Status remove(const Context&, std::string_view clientId) const = 0;

    // Clients that registered themselves. Everything else about them is the same.

    /// Can a client say this of itself? What the server or a client_metadata_rule plugin
    /// understands, but not what is the operator's to decide, nor what the server gives it.
    virtual bool isOwnWord(std::string_view member) const = 0;
    /// Registers one under a `client_id` that is made now. Fault::badInput as in add(), and for
    /// `response_types` that the issuer does not give.
    virtual Result<NewClient> enroll(const Context&, const SelfRegistration&) const = 0;
    /// Read from the storage now, disabled or not. nullopt: unknown, or registered by a file.
    virtual Result<std::optional<StoredClient>> read(const Context&,
                                                     std::string_view clientId) const = 0;
    /// Puts other metadata in place of all that it said of itself, unless it was changed since it
    /// was read: then it is Fault::notAllowed. A `client_secret` among them has to be its present
    /// one. There is a new secret when it needs one and has none of the kind. What would make it
    /// know people by other names (SubjectForm) is Fault::badInput.
    virtual Result<NewClient> replace(const Context&, const StoredClient& before,
                                      const SelfRegistration&) const = 0;
    /// What it is told of itself: what it can say, with the defaults, and its `client_id`.
    virtual ValueMap describe(const Client&) const = 0;

    /// The public keys of a client, a JWK Set (RFC 7517 section 5), wherever it keeps them; good as
    /// long as the client is. nullptr: it has none. The one with this `kid` is among them if it has
    /// one; an empty `kid` names none. Those that are not in its metadata may have to be fetched,
    /// which takes a moment now and then. Fault::unavailable: they cannot be told now;
    /// Fault::badInput: where it says that they are, there are none.
    virtual Result<std::shared_ptr<const Value>> keys(const Context&, const Client&,
                                                      std::string_view kid) const = 0;
    /// Read now from where it is registered, served or not. nullptr: unknown.
    virtual Result<std::shared_ptr<const Client>> registered(const Context&,
                                                             std::string_view clientId) const = 0;
};

}  // namespace gatehouse
