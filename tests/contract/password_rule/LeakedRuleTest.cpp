// SPDX-License-Identifier: Apache-2.0
#include "LeakedRule.h"

#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/FakeHost.h>
#include <gatehouse/testkit/PasswordRuleContract.h>

#include "../../unit/plugins/password_rule_leaked/LeakedFile.h"

namespace gatehouse {

namespace {

struct LeakedBed {
    std::unique_ptr<PasswordRule> make() {
        file.write({"letmein", "password", "qwertyuiop"});
        auto rule = std::make_unique<LeakedRule>();
        CPPUNIT_ASSERT(rule->configure(
            testkit::FakeConfig(fieldsOf<LeakedRule>(), {{"path", file.path()}}), host));
        CPPUNIT_ASSERT(rule->start());
        return rule;
    }
    std::string good() { return "a sentence that nobody has said"; }
    std::string bad() { return "letmein"; }

    LeakedFile file;
    testkit::FakeHost host;
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::PasswordRuleContract<LeakedBed>);

}  // namespace gatehouse
