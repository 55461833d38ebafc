// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/StorageContract.h>

#include "RedisBed.h"

CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::testkit::StorageContract<gatehouse::RedisBed>);
