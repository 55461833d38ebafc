// SPDX-License-Identifier: Apache-2.0
#include "IdJag.h"

#include <gatehouse/testkit/ClientMetadataRuleContract.h>
#include <gatehouse/testkit/FacadeBed.h>
#include <gatehouse/testkit/FakeConfig.h>

namespace gatehouse {

namespace {

ValueMap member(Value value) {
    return {{"id_jag", std::move(value)}};
}

ValueMap chat(ValueMap entry) {
    return member(ValueMap{{"https://id.chat.example", std::move(entry)}});
}

struct IdJagBed : testkit::FacadeBed {
    std::unique_ptr<ClientMetadataRule> make() {
        auto rule = std::make_unique<IdJag>();
        CPPUNIT_ASSERT(rule->configure(testkit::FakeConfig(fieldsOf<IdJag>()), host));
        CPPUNIT_ASSERT(rule->start());
        return rule;
    }
    ValueMap good() {
        return chat({{"client_id", "wiki-at-chat"},
                     {"relying_party", "chat"},
                     {"scope", "chat.read chat.history"},
                     {"resource", ValueList{"https://api.chat.example/"}}});
    }
    std::vector<ValueMap> bad() {
        return {member(true),
                member(ValueMap{}),
                member(ValueMap{{"https://id.chat.example", "wiki-at-chat"}}),
                chat({}),
                chat({{"scope", "chat.read"}}),
                chat({{"client_id", ""}}),
                chat({{"client_id", ValueList{"a"}}}),
                chat({{"client_id", "a"}, {"scope", ValueList{"a"}}}),
                chat({{"client_id", "a"}, {"resource", ValueList{}}}),
                chat({{"client_id", "a"}, {"resource", ValueList{""}}}),
                chat({{"client_id", "a"}, {"audience", "b"}})};
    }
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::ClientMetadataRuleContract<IdJagBed>);

}  // namespace gatehouse
