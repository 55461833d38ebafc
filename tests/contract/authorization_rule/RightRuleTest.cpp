// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/AuthorizationRuleContract.h>

#include "CardRule.h"

CPPUNIT_TEST_SUITE_REGISTRATION(
    gatehouse::testkit::AuthorizationRuleContract<gatehouse::CardBed<gatehouse::Bug::none>>);
