// SPDX-License-Identifier: Apache-2.0
#include "Broken.h"
#include "PlainKeyStore.h"

// Nothing wrong: one library, two plugins.
GATEHOUSE_DESCRIBE(gatehouse::PlainSink, "two_in_one", "1.0.0", "Hears nothing")
GATEHOUSE_DESCRIBE(gatehouse::PlainKeyStore, "two_in_one", "1.0.0", "Has no keys")
GATEHOUSE_LIBRARY(gatehouse::PlainSink, gatehouse::PlainKeyStore)
