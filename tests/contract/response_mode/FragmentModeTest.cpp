// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/ResponseModeContract.h>

extern "C" const gatehouse::PluginDescriptor* gatehouse_plugin() noexcept;

namespace gatehouse {

namespace {

struct FragmentBed {
    std::unique_ptr<ResponseMode> make() {
        return std::unique_ptr<ResponseMode>(
            dynamic_cast<ResponseMode*>(gatehouse_plugin()->create()));
    }
};

}  // namespace

/// Which servers see nothing of it.
class FragmentModeTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(FragmentModeTest);
    CPPUNIT_TEST(theAnswerStandsBehindTheHash);
    CPPUNIT_TEST_SUITE_END();

public:
    void theAnswerStandsBehindTheHash() {
        const auto way = FragmentBed().make()->write(testkit::FakeAnswerInHand(
            {{"access_token", "a+b"}, {"state", "x&y#z"}}, "https://site.example/cb?kept=1"));
        CPPUNIT_ASSERT_EQUAL(
            std::string("https://site.example/cb?kept=1#access_token=a%2Bb&state=x%26y%23z"),
            way->location);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(FragmentModeTest);
CPPUNIT_TEST_SUITE_REGISTRATION(testkit::ResponseModeContract<FragmentBed>);

}  // namespace gatehouse
