// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/UserStoreContract.h>

#include "SqlBeds.h"

CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::testkit::UserStoreContract<gatehouse::SqliteBed>);
CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::testkit::UserStoreContract<gatehouse::PostgresBed>);
CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::testkit::UserStoreContract<gatehouse::MariaDbBed>);
CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::testkit::UserStoreContract<gatehouse::OdbcPostgresBed>);
CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::testkit::UserStoreContract<gatehouse::OdbcMariaDbBed>);
