// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Config.h>

namespace gatehouse {

// The settings of the kernel's own sections. `oauth` belongs to the core, which hands in its table.
FieldTable serverFields();
FieldTable mtlsFields();
FieldTable securityFields();
FieldTable loggingFields();
FieldTable limitsFields();
FieldTable outgoingFields();
FieldTable jobsFields();
/// `url` only: the other keys of `database` and `redis` belong to the storage plugin that the URL's
/// scheme names.
FieldTable databaseFields();
FieldTable redisFields();

}  // namespace gatehouse
