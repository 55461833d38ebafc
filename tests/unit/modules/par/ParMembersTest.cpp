// SPDX-License-Identifier: Apache-2.0
#include "ParMembers.h"

#include <gatehouse/testkit/FakeContext.h>

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class ParMembersTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ParMembersTest);
    CPPUNIT_TEST(itIsTrueOrFalse);
    CPPUNIT_TEST_SUITE_END();

    testkit::FakeContext context_;
    ParMembers members_;

public:
    void itIsTrueOrFalse() {
        const std::string name(requireMember);
        for (const auto& good : {Value(true), Value(false), Value()}) {
            CPPUNIT_ASSERT(members_.admit(context_, {{name, good}}));
        }
        CPPUNIT_ASSERT(members_.admit(context_, {}));
        for (const auto& bad : {Value("true"), Value(1), Value(ValueList{})}) {
            const auto admitted = members_.admit(context_, {{name, bad}});
            CPPUNIT_ASSERT(!admitted);
            CPPUNIT_ASSERT_EQUAL(name + ": must be true or false", admitted.error().detail);
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ParMembersTest);

}  // namespace gatehouse
