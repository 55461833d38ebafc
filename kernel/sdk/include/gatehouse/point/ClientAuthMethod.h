// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Context.h>
#include <gatehouse/Http.h>
#include <gatehouse/Plugin.h>
#include <gatehouse/Result.h>
#include <gatehouse/Secret.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// What a request offers as proof of a client.
struct ClientProof {
    std::string clientId;
    std::string method;  ///< the token_endpoint_auth_method it amounts to
    Secret evidence;  ///< the secret or the assertion
    std::string endpoint;  ///< path of the URL that was called, as sent
    std::string malformed;  ///< why it cannot be right, when it cannot; for the log
    bool isAmbiguous = false;  ///< malformed, as two methods were used (RFC 6749 section 5.2)
    /// The form names the client and holds nothing of this method: that is meant if the client is
    /// registered for one of methods(), which `method` then is when it is verified.
    bool isImplied = false;
};

/// Did the proof hold? `reason` says exactly which check failed; for the log.
struct Verdict {
    bool isProven = false;
    std::string reason;

    static Verdict proven() { return {true, {}}; }
    static Verdict refused(std::string reason) { return {false, std::move(reason)}; }
};

/// How a client proves who it is (RFC 6749 section 2.3, RFC 7523, OpenID Connect Core section 9).
class ClientAuthMethod : public Plugin {
public:
    static constexpr Point point{"client_auth", 1, Cardinality::ordered};
    /// The token_endpoint_auth_method values it answers, for discovery; static storage.
    virtual std::vector<std::string_view> methods() const = 0;
    /// JWS algorithms it accepts, for discovery; empty when it has nothing to do with JWS.
    virtual std::vector<std::string_view> signingAlgorithms() const { return {}; }
    /// What the request offers, if it offers this method. The kernel refuses a request in which two
    /// methods find something that is not implied; what is implied goes behind that.
    virtual std::optional<ClientProof> find(const HttpRequest& request, const Form& form) const = 0;
    /// The client is known, enabled and registered for `proof.method`.
    virtual Result<Verdict> verify(const Context&, const ClientProof& proof,
                                   const Client& client) const = 0;
};

}  // namespace gatehouse
