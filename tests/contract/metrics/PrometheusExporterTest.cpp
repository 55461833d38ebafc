// SPDX-License-Identifier: Apache-2.0
#include "PrometheusExporter.h"

#include <gatehouse/testkit/MetricsContract.h>

namespace gatehouse {
namespace {

struct PrometheusBed {
    std::unique_ptr<MetricsExporter> make() { return std::make_unique<PrometheusExporter>(); }
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::MetricsContract<PrometheusBed>);

}  // namespace gatehouse
