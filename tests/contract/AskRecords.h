// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Records.h>

namespace gatehouse {

/// Asks the records something, as a plugin with a backend does. One that is patient asks longer
/// than it may.
inline Status askRecords(Host& host, const Context& context, bool isPatient) {
    const Context patient{context.issuer, context.requestId, {}, noDeadline};
    const auto found = host.records().find(isPatient ? patient : context, "thing", "1");
    return found ? done() : Status(found.error());
}

}  // namespace gatehouse
