// SPDX-License-Identifier: Apache-2.0
#include "PlainKeyStore.h"

// Nothing wrong with it, but there can be only one key store.
GATEHOUSE_PLUGIN(gatehouse::PlainKeyStore, "plain", "1.0.0", "Has no keys")
