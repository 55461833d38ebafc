// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Config.h>
#include <gatehouse/Context.h>
#include <gatehouse/Value.h>

#include "config/ConfigTree.h"
#include "page/PageBook.h"

#include <string>
#include <vector>

namespace gatehouse {

class CheckedConfig;

/// An issuer as the configuration names it.
struct IssuerEntry {
    Issuer issuer;
    std::string clientsDir;  ///< folder of its statically registered clients; empty: none
    PageBook::OwnLooks looks;  ///< of its pages
    std::string profile;  ///< what all its clients are held to; empty: nothing
    ValueMap lifetimes;  ///< those it has in place of the server's; see Lifetimes
    Place place;  ///< of its URL
    Place grantsPlace;
};

/// What an entry of `issuers` may hold.
FieldTable issuersFields();

/// A folder that is named must be there: a misspelt one would take all its clients away in silence.
void checkClientsDir(const CheckedConfig& checked, const std::string& label, Problems& problems);

/// Reads the list `issuers`. Adds to `problems` what is wrong with an entry, and what no two may
/// share: an id, a URL.
std::vector<IssuerEntry> readIssuers(const ConfigNode& list, Problems& problems);

/// The one issuer of a deployment without `issuers`: that of `oauth`, or else where the server
/// listens, and by which `scheme`. Empty when its URL (RFC 8414 section 2) is unusable.
std::vector<IssuerEntry> onlyIssuer(const CheckedConfig& oauth, const CheckedConfig& server,
                                    const std::string& scheme, Problems& problems);

}  // namespace gatehouse
