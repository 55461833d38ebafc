// SPDX-License-Identifier: Apache-2.0
#include "token/TokenFormats.h"

#include <iterator>
#include <utility>

namespace gatehouse {

TokenFormats::TokenFormats(Host& host, const std::map<std::string, InstanceNames>& names) {
    for (auto& named : host.all<TokenFormat>()) {
        const auto& own = names.at(named.name);
        formats_.push_back({std::move(named), own});
    }
}

Result<std::string> TokenFormats::write(const Context& context, std::string_view format,
                                        const AccessToken& token, Batch& batch) const {
    for (const auto& [named, names] : formats_) {
        if (!format.empty() && named.name != format) {
            continue;
        }
        Batch own;
        auto text = named.plugin->write(context, token, own);
        names.putIn(own);
        batch.expects.insert(batch.expects.end(), own.expects.begin(), own.expects.end());
        batch.puts.insert(batch.puts.end(), std::make_move_iterator(own.puts.begin()),
                          std::make_move_iterator(own.puts.end()));
        return text;
    }
    return Error::internal("access_token_format \"" + std::string(format) +
                           "\" is not among the plugins");
}

Result<std::optional<TokenClaim>> TokenFormats::read(const Context& context,
                                                     std::string_view text) const {
    for (const auto& [named, names] : formats_) {
        auto claim = named.plugin->read(context, text);
        if (claim && *claim && !(*claim)->recordKind.empty()) {
            (*claim)->recordKind = names.kindIn((*claim)->recordKind);
        }
        if (!claim || *claim) {
            return claim;
        }
    }
    return std::optional<TokenClaim>();
}

}  // namespace gatehouse
