// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/UserStoreContract.h>

#include "PamBed.h"

CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::testkit::UserStoreContract<gatehouse::PamBed>);
CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::testkit::UserStoreContract<gatehouse::PamCaseBed>);
