// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/point/TokenFormat.h>

#include "store/InstanceNames.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// The configured formats of access tokens, each kept to records of its own. Threads: any.
class TokenFormats {
public:
    /// `names`: those of each instance's records.
    TokenFormats(Host& host, const std::map<std::string, InstanceNames>& names);

    /// Writes in the format of this name, the first one when it is empty. Fault::internal when none
    /// has it.
    Result<std::string> write(const Context& context, std::string_view format,
                              const AccessToken& token, Batch& batch) const;
    /// nullopt: a token of none of them.
    Result<std::optional<TokenClaim>> read(const Context& context, std::string_view text) const;

private:
    struct Format {
        Host::Named<TokenFormat> named;
        InstanceNames names;
    };
    std::vector<Format> formats_;
};

}  // namespace gatehouse
