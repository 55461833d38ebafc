// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/TrustedIssuerContract.h>

#include "IssuerBed.h"

namespace gatehouse {

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::TrustedIssuerContract<IssuerBed>);

}  // namespace gatehouse
