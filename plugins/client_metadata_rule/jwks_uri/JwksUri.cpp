// SPDX-License-Identifier: Apache-2.0
#include "JwksUri.h"

#include "json/MemberChoice.h"
#include "text/SiteAddress.h"

#include <string>

namespace gatehouse {

namespace {

constexpr std::string_view member = "jwks_uri";

}  // namespace

Status JwksUri::configure(const Config& config, Host& host) {
    fetcher_.emplace(host.http().purpose("client_keys"), host.clock());
    known_.emplace(
        host.clock(),
        KnownKeySets::Times{std::chrono::duration_cast<seconds>(config.duration("refetch_after")),
                            std::chrono::duration_cast<seconds>(config.duration("keep_for"))});
    return done();
}

std::vector<std::string_view> JwksUri::members() const {
    return {member};
}

Status JwksUri::admit(const Context& /*context*/, const ValueMap& metadata) const {
    if (!isThere(metadata, member)) {
        return done();
    }
    if (!isSiteAddress(metadata.text(member))) {
        return Error::badInput(std::string(member).append(": ").append(notASiteAddress));
    }
    return isThere(metadata, "jwks")
               ? Error::badInput("jwks_uri: excludes jwks; the keys are in one place")
               : done();
}

bool JwksUri::isFor(const ValueMap& metadata) const {
    return !metadata.text(member).empty();
}

Result<std::shared_ptr<const Value>> JwksUri::keys(const Context& context, const Client& client,
                                                   std::string_view kid) const {
    const std::string url(client.metadata.text(member));
    const auto name = std::to_string(context.issuer.id) + '\n' + client.id + '\n' + url;
    return known_->find(name, kid, [&] { return fetcher_->fetch(context, url); });
}

constexpr Field fields[] = {
    {"refetch_after", Kind::duration, byDefault("10s"),
     "least time between two fetches of one client's keys, whatever is asked for, unless their "
     "own is over",
     between(1'000, 3'600'000)},
    {"keep_for", Kind::duration, byDefault("1d"),
     "how long known keys are good beyond their time while their site does not give new ones",
     between(0, 30LL * 86'400'000)},
};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::JwksUri, "jwks_uri", "0.1.0", "Clients' keys, fetched from their sites",
                 gatehouse::fields)
