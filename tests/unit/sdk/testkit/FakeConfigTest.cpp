// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/FakeConfig.h>

#include "FileUserStore.h"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>

#include <stdexcept>

namespace gatehouse {

using testkit::FakeConfig;

class FakeConfigTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(FakeConfigTest);
    CPPUNIT_TEST(whatWasGivenIsThere);
    CPPUNIT_TEST(aNameThatWasNotGivenIsRefused);
    CPPUNIT_TEST(aTableKnowsItsDefaults);
    CPPUNIT_TEST(aNameOutsideTheTableIsRefused);
    CPPUNIT_TEST(aPluginHasItsTable);
    CPPUNIT_TEST_SUITE_END();

public:
    void whatWasGivenIsThere() {
        const FakeConfig config{{"path", "/x"}, {"timeout", "3s"}, {"unset", {}}};
        CPPUNIT_ASSERT_EQUAL(std::string("/x"), config.text("path"));
        CPPUNIT_ASSERT(config.duration("timeout") == seconds{3});
        CPPUNIT_ASSERT(config.has("path") && !config.has("unset"));
        CPPUNIT_ASSERT_EQUAL(std::string("test:path"), config.place("path"));
    }

    void aNameThatWasNotGivenIsRefused() {
        const FakeConfig config{{"path", "/x"}};
        CPPUNIT_ASSERT_EQUAL(refusal, said([&] { (void)config.text("pth"); }));
        CPPUNIT_ASSERT_EQUAL(refusal, said([&] { (void)config.has("pth"); }));
        CPPUNIT_ASSERT_EQUAL(refusal, said([&] { (void)config.place("pth"); }));
    }

    void aTableKnowsItsDefaults() {
        const FakeConfig config(table, {{"path", "/x"}});
        CPPUNIT_ASSERT_EQUAL(std::string("/x"), config.text("path"));
        CPPUNIT_ASSERT(config.duration("timeout") == seconds{3});
        CPPUNIT_ASSERT((config.list("modes") == std::vector<std::string>{"on", "off"}));
        CPPUNIT_ASSERT(config.list("none").empty());
        CPPUNIT_ASSERT(!config.has("token"));
    }

    void aNameOutsideTheTableIsRefused() {
        const FakeConfig config(table);
        CPPUNIT_ASSERT_EQUAL(refusal, said([&] { (void)config.text("pth"); }));
        CPPUNIT_ASSERT_EQUAL(refusal, said([] { FakeConfig(table, {{"pth", "/x"}}); }));
    }

    void aPluginHasItsTable() {
        const FakeConfig config(fieldsOf<FileUserStore>(), {{"path", "/x"}});
        CPPUNIT_ASSERT_EQUAL(std::int64_t{64}, config.number("queue"));
    }

private:
    static constexpr Field table[] = {
        {"path", Kind::path, required, "a file"},
        {"timeout", Kind::duration, byDefault("3s"), "longest wait"},
        {"modes", Kind::list, byDefault("on,off"), "what to do"},
        {"none", Kind::list, byDefault(""), "nothing"},
        {"token", Kind::secret, optional, "for the service"},
    };
    const std::string refusal = "no setting \"pth\" in the table";

    template <class Asking> static std::string said(const Asking& asking) {
        try {
            asking();
        } catch (const std::logic_error& error) {
            return error.what();
        }
        return {};
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(FakeConfigTest);

}  // namespace gatehouse
