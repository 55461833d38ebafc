// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Secret.h>
#include <gatehouse/Value.h>

#include <string>

namespace gatehouse {

enum class Opinion { genuine, notGenuine, none };

/// Does Poco::JWT find that this key signed the token? It is an implementation of its own, and
/// lenient, so its word counts only beside ours. None: for algorithms but RS256 and ES256.
Opinion secondOpinion(const ValueMap& jwk, const std::string& algorithm, const std::string& token);
/// The same for HS256.
Opinion secondOpinion(const Secret& key, const std::string& token);

}  // namespace gatehouse
