// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Secret.h>

#include "config/Configuration.h"

#include <string>

namespace gatehouse {

/// The deployment's root secret, from which every other key is derived.
struct RootSecret {
    Secret
        bytes;  ///< never empty: random bytes that nobody will see again when there was a failure
    std::string failure;  ///< why it can be neither read nor made; empty: all is well

    enum class WhenMissing { make, pretend };

    /// `security.jwt_secret`, or else the file `root.secret` beside an SQLite database, made when
    /// both are missing (or only pretended to be, for a check that changes nothing). One of the two
    /// alone is a failure: the other was lost. A database in memory gets a new one each time. Where
    /// nodes must share it, a missing one is a problem of the configuration.
    static RootSecret find(const Configuration& configuration, WhenMissing whenMissing);
    /// The database is there now: a file that find() made gets its name. Until then it has another,
    /// so that a first start that failed does not look like a lost database.
    static Status settle(const Configuration& configuration);
};

}  // namespace gatehouse
