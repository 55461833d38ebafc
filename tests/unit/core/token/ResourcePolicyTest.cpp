// SPDX-License-Identifier: Apache-2.0
#include "token/ResourcePolicy.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class ResourcePolicyTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ResourcePolicyTest);
    CPPUNIT_TEST(eachIsNamedOnce);
    CPPUNIT_TEST(onlyAbsoluteUrisAreNamed);
    CPPUNIT_TEST(whatWasGrantedCanBeNarrowedAndNotWidened);
    CPPUNIT_TEST_SUITE_END();

    using Texts = std::vector<std::string>;

    static Form named(const Texts& resources) {
        std::vector<Form::Field> fields{{"scope", "x"}};
        for (const auto& resource : resources) {
            fields.emplace_back("resource", resource);
        }
        return Form(std::move(fields));
    }

public:
    void eachIsNamedOnce() {
        const Texts expected{"https://a.example", "urn:b"};
        CPPUNIT_ASSERT(*requestedResources(named({"https://a.example", "", "urn:b", "urn:b"})) ==
                       expected);
        CPPUNIT_ASSERT(requestedResources(named({}))->empty());
    }

    void onlyAbsoluteUrisAreNamed() {
        for (const auto* resource : {"/a", "a.example", "https://a.example#f", "https:", "a b:c"}) {
            const auto refused = requestedResources(named({"https://a.example", resource}));
            CPPUNIT_ASSERT_MESSAGE(resource, !refused);
            CPPUNIT_ASSERT(refused.error().code == OAuthCode::invalidTarget);
        }
    }

    void whatWasGrantedCanBeNarrowedAndNotWidened() {
        const Texts granted{"a:1", "b:2"};
        CPPUNIT_ASSERT(*narrowedAudience(granted, {}) == granted);
        CPPUNIT_ASSERT(*narrowedAudience(granted, {"b:2"}) == Texts{"b:2"});
        CPPUNIT_ASSERT(!narrowedAudience(granted, {"b:2", "c:3"}));
        CPPUNIT_ASSERT(!narrowedAudience({}, {"c:3"}));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ResourcePolicyTest);

}  // namespace gatehouse
