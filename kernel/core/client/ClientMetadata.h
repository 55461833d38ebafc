// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Result.h>
#include <gatehouse/Value.h>

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Checks client metadata (RFC 7591 section 2) and makes a client of it, with the defaults filled
/// in: the member names the RFC's, `access_token_format`, `access_token_signed_response_alg`,
/// `pkce` and `consent` ours. Secrets are not metadata and are left to the caller. Fault::badInput
/// names the member and what is wrong with it (see OwnClientRules.h).
Result<Client> clientFromMetadata(const ValueMap& metadata);

/// All that is wrong with the metadata of a new client, each problem beginning with its member's
/// name and a colon.
std::vector<std::string> clientProblems(const ValueMap& metadata);

/// The metadata of a client; never a secret.
ValueMap clientMetadata(const Client& client);

/// How a client is kept: its metadata and its secrets' hashes.
std::string clientPayload(const Client& client);
/// The other way round. What was admitted once is read, whatever is admitted now.
Result<Client> clientFromPayload(std::string_view payload);

}  // namespace gatehouse
