// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Outgoing.h>
#include <gatehouse/Result.h>
#include <gatehouse/Value.h>

#include "limit/SiteTurns.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace gatehouse {

/// Looks at what lies at a sector_identifier_uri (OpenID Connect Registration section 5): one site
/// at once, few in all and not for long, since strangers can ask for it. Any thread; blocks.
class SectorDocument {
public:
    explicit SectorDocument(Host& host)
        : log_(host.log()), calls_(host.http().purpose("sector_identifier")),
          turns_(host.clock(), {mostAtOnce}) {}

    /// Does it name all redirect URIs of these metadata? Fault::badInput: no; Fault::unavailable:
    /// others are asked just now, or the site rests.
    Status check(const Context& context, const ValueMap& metadata) const;

private:
    static constexpr std::size_t mostAtOnce = 3;

    Result<ValueList> fetch(const Context& context, const std::string& uri) const;

    Log& log_;
    OutgoingCalls& calls_;
    mutable SiteTurns turns_;
};

/// The list in such a document: an array of texts, and nothing else.
Result<ValueList> readSectorDocument(std::string_view text);

}  // namespace gatehouse
