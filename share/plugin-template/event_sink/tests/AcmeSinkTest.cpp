// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/EventSinkContract.h>
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/FakeHost.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

extern "C" const gatehouse::PluginDescriptor* gatehouse_plugin() noexcept;

namespace {

using namespace gatehouse;

/// How the contract suite gets the plugin, and where its events arrive.
struct AcmeBed {
    AcmeBed() {
        std::string name = std::filesystem::temp_directory_path() / "acme-XXXXXX";
        CPPUNIT_ASSERT(::mkdtemp(name.data()) != nullptr);
        folder = name;
    }
    ~AcmeBed() { std::filesystem::remove_all(folder); }

    std::unique_ptr<EventSink> make() {
        std::unique_ptr<EventSink> made(dynamic_cast<EventSink*>(gatehouse_plugin()->create()));
        const testkit::FakeConfig config(gatehouse_plugin()->fields,
                                         {{"path", (folder / "events").string()}});
        CPPUNIT_ASSERT(made->configure(config, host));
        CPPUNIT_ASSERT(made->start());
        return made;
    }
    std::string told() const {
        std::ifstream file(folder / "events");
        return {std::istreambuf_iterator<char>(file), {}};
    }

    std::filesystem::path folder;
    testkit::FakeHost host;
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::testkit::EventSinkContract<AcmeBed>);
