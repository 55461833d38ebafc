// SPDX-License-Identifier: Apache-2.0
#include "Pairwise.h"

#include <gatehouse/testkit/ClientMetadataRuleContract.h>
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/HostBed.h>

namespace gatehouse {

namespace {

struct PairwiseBed : testkit::HostBed {
    std::unique_ptr<ClientMetadataRule> make() {
        auto rule = std::make_unique<Pairwise>();
        CPPUNIT_ASSERT(rule->configure(testkit::FakeConfig{}, host));
        return rule;
    }
    ValueMap good() { return {{"sector_identifier_uri", "https://sector.example/uris.json"}}; }
    std::vector<ValueMap> bad() {
        const ValueList two{"https://a.example/cb", "https://b.example/cb"};
        return {{{"sector_identifier_uri", 7}},
                {{"sector_identifier_uri", "ftp://sector.example/"}},
                {{"sector_identifier_uri", "https://"}},
                {{"sector_identifier_uri", "https://sector.example/#here"}},
                {{"subject_type", "pairwise"}, {"redirect_uris", two}},
                {{"subject_type", "pairwise"}, {"redirect_uris", ValueList{"com.example.a:/cb"}}},
                {{"subject_type", "pairwise"}, {"redirect_uris", ValueList{}}}};
    }
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::ClientMetadataRuleContract<PairwiseBed>);

class PairwiseTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PairwiseTest);
    CPPUNIT_TEST(aSectorKnowsAPersonByOneName);
    CPPUNIT_TEST(anotherSectorIssuerOrPersonHasAnotherName);
    CPPUNIT_TEST_SUITE_END();

    PairwiseBed bed_;
    std::unique_ptr<ClientMetadataRule> rule_ = bed_.make();
    const SubjectForm& form_ = *capabilityOf<SubjectForm>(*rule_);
    testkit::FakeContext context_;

    std::string sub(const Context& context, std::string_view uri, std::string_view sub,
                    const ValueMap& metadata = {}) const {
        Client client;
        client.redirectUris = {std::string(uri)};
        client.metadata = metadata;
        return *form_.sub(context, client, sub);
    }

public:
    void aSectorKnowsAPersonByOneName() {
        const auto name = sub(context_, "https://a.example/cb", "ada");
        CPPUNIT_ASSERT_EQUAL(std::size_t{43}, name.size());
        CPPUNIT_ASSERT_EQUAL(name, sub(context_, "https://A.example/other", "ada"));
        CPPUNIT_ASSERT_EQUAL(name, sub(context_, "https://b.example/cb", "ada",
                                       {{"sector_identifier_uri", "https://a.example/uris"}}));
    }

    void anotherSectorIssuerOrPersonHasAnotherName() {
        const testkit::FakeContext other(2, "https://other.example.org");
        const auto name = sub(context_, "https://a.example/cb", "ada");
        CPPUNIT_ASSERT(name != sub(context_, "https://b.example/cb", "ada"));
        CPPUNIT_ASSERT(name != sub(context_, "https://a.example/cb", "bob"));
        CPPUNIT_ASSERT(name != sub(other, "https://a.example/cb", "ada"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PairwiseTest);

}  // namespace gatehouse
