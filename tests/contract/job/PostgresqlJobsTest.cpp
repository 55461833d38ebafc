// SPDX-License-Identifier: Apache-2.0
#include "JobContract.h"
#include "PostgresqlBed.h"

CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::JobContract<gatehouse::PostgresqlBed>);
