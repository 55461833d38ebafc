// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Config.h>

#include "config/CheckedConfig.h"
#include "config/ConfigTree.h"
#include "config/IssuerList.h"
#include "tls/CertificateFiles.h"

#include <optional>
#include <vector>

namespace gatehouse {

/// A certificate as the configuration names it.
struct TlsEntry {
    CertificateFiles files;
    Place certificatePlace;
    Place keyPlace;
};

/// What `server.tls`, or an entry of it, may hold.
FieldTable tlsFields();

/// Reads `server.tls`: one pair of files, or a list of such. Not what they say.
std::vector<TlsEntry> readTls(const ConfigNode& node, Problems& problems);

/// Reads `server.mtls`, which may be missing; `server` is the rest, at `place`.
CheckedConfig readMtls(const std::optional<ConfigNode>& node, const CheckedConfig& server,
                       const Place& place, bool hasCertificate, Problems& problems);

/// Warns where nobody would ever show a certificate. `oauth` has the URL of an only issuer.
void checkMutualTls(const CheckedConfig& mtls, const CheckedConfig& server,
                    const CheckedConfig& oauth, const std::vector<IssuerEntry>& issuers,
                    Problems& problems);

}  // namespace gatehouse
