// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/AnswerMemberContract.h>
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/HostBed.h>

#include "SessionState.h"

namespace gatehouse {

namespace {

struct SessionStateBed : testkit::HostBed {
    std::unique_ptr<AnswerMember> make() {
        auto plugin = std::make_unique<SessionState>();
        CPPUNIT_ASSERT(plugin->configure(testkit::FakeConfig(fieldsOf<SessionState>()), host));
        return plugin;
    }
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::AnswerMemberContract<SessionStateBed>);

}  // namespace gatehouse
