// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/AuthorizationRuleContract.h>
#include <gatehouse/testkit/ClaimsSourceContract.h>
#include <gatehouse/testkit/HostBed.h>
#include <gatehouse/testkit/MetricsContract.h>

#include "LoadedBed.h"
#include "Suites.h"

namespace gatehouse {

namespace {

struct LoadedRule : testkit::HostBed, LoadedBed {
    std::unique_ptr<AuthorizationRule> make() { return started<AuthorizationRule>(host); }
    static Form good() { return knownForm("good"); }
};

struct LoadedSource : testkit::HostBed, LoadedBed {
    std::unique_ptr<ClaimsSource> make() { return started<ClaimsSource>(host); }
    static ValueMap note() { return known("note"); }
};

struct LoadedExporter : testkit::HostBed, LoadedBed {
    std::unique_ptr<MetricsExporter> make() { return started<MetricsExporter>(host); }
};

template <class Contract> std::unique_ptr<CppUnit::Test> suite() {
    return std::unique_ptr<CppUnit::Test>(Contract::suite());
}

}  // namespace

std::unique_ptr<CppUnit::Test> authorizationRuleSuite() {
    return suite<testkit::AuthorizationRuleContract<LoadedRule>>();
}
std::unique_ptr<CppUnit::Test> claimsSourceSuite() {
    return suite<testkit::ClaimsSourceContract<LoadedSource>>();
}
std::unique_ptr<CppUnit::Test> metricsSuite() {
    return suite<testkit::MetricsContract<LoadedExporter>>();
}

}  // namespace gatehouse
