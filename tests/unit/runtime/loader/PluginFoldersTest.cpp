// SPDX-License-Identifier: Apache-2.0
#include "loader/PluginFolders.h"

#include "LoaderBed.h"
#include "loader/PluginFile.h"

#include <cppunit/extensions/HelperMacros.h>

#include <filesystem>
#include <string>

namespace gatehouse {

namespace fs = std::filesystem;

class PluginFoldersTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PluginFoldersTest);
    CPPUNIT_TEST(aNameThatIsAPathIsRefused);
    CPPUNIT_TEST(halfANameSuggestsTheWholeOne);
    CPPUNIT_TEST(aFileOthersCanWriteIsRefused);
    CPPUNIT_TEST(aFolderOthersCanWriteIsRefused);
    CPPUNIT_TEST(aFolderAboveThatOthersCanWriteIsRefused);
    CPPUNIT_TEST(whatWasCheckedIsWhatIsLoaded);
    CPPUNIT_TEST(aFolderWithoutPluginsIsToldOnce);
    CPPUNIT_TEST_SUITE_END();

public:
    void aNameThatIsAPathIsRefused() {
        const PluginFolders folders({brokenPlugins});
        const auto found = folders.find("event_sink./../plugins/event_sink.sound");
        CPPUNIT_ASSERT(!found);
        CPPUNIT_ASSERT_EQUAL(
            std::string(
                "\"event_sink./../plugins/event_sink.sound\" is not a plugin's name (such as "
                "user_store.local)"),
            found.error().message);
    }

    void halfANameSuggestsTheWholeOne() {
        const auto found = PluginFolders({brokenPlugins}).find("sound");
        CPPUNIT_ASSERT(!found);
        CPPUNIT_ASSERT_EQUAL(std::string("\"sound\" is not a plugin's name (such as "
                                         "user_store.local); did you mean \"event_sink.sound\"?"),
                             found.error().message);
    }

    void aFileOthersCanWriteIsRefused() {
        checkWritable("event_sink.sound.so", "/event_sink.sound.so");
    }

    void aFolderOthersCanWriteIsRefused() { checkWritable(".", ""); }

    void aFolderAboveThatOthersCanWriteIsRefused() {
        const LoaderBed scratch({});
        const fs::path open = scratch.folder() / "open";
        const fs::path folder = open / "plugins";
        install("event_sink.sound", folder, "event_sink.sound");
        fs::permissions(open, fs::perms::others_write, fs::perm_options::add);
        const auto refused = PluginFolders({folder.string()}).find("event_sink.sound");
        CPPUNIT_ASSERT(!refused);
        CPPUNIT_ASSERT_EQUAL(open.string() +
                                 " can be written by others than its owner; run chmod "
                                 "go-w " +
                                 open.string(),
                             refused.error().message);
        fs::permissions(open, fs::perms::sticky_bit, fs::perm_options::add);
        CPPUNIT_ASSERT(PluginFolders({folder.string()}).find("event_sink.sound"));
    }

    void whatWasCheckedIsWhatIsLoaded() {
        const LoaderBed scratch({});
        const fs::path folder = scratch.folder() / "plugins";
        install("event_sink.sound", folder, "event_sink.sound");
        install("event_sink.not_elf", scratch.folder() / "other", "event_sink.sound");
        const auto checked = PluginFolders({folder.string()}).find("event_sink.sound");
        CPPUNIT_ASSERT(checked);
        fs::rename(folder, scratch.folder() / "before");
        fs::rename(scratch.folder() / "other", folder);
        CPPUNIT_ASSERT(openPlugin(*checked));
    }

    void aFolderWithoutPluginsIsToldOnce() {
        const LoaderBed scratch({});
        const std::string folder = scratch.folder().string();
        CPPUNIT_ASSERT_EQUAL("no plugins are in " + folder, *PluginFolders({folder}).emptiness());
        CPPUNIT_ASSERT_EQUAL("the folder " + folder + "/gone is not there",
                             *PluginFolders({folder + "/gone"}).emptiness());
        CPPUNIT_ASSERT(!PluginFolders({brokenPlugins}).emptiness());
    }

private:
    static void install(const std::string& plugin, const fs::path& folder,
                        const std::string& name) {
        fs::create_directories(folder);
        fs::copy_file(fs::path(brokenPlugins) / (plugin + ".so"), folder / (name + ".so"));
        fs::permissions(folder / (name + ".so"), fs::perms(0644));
        fs::permissions(folder, fs::perms(0755));
    }

    static void checkWritable(const std::string& opened, const std::string& named) {
        const LoaderBed scratch({});
        const fs::path folder = scratch.folder() / "plugins";
        install("event_sink.sound", folder, "event_sink.sound");
        const fs::path target = (folder / opened).lexically_normal();
        fs::permissions(target, fs::perms::others_write, fs::perm_options::add);
        const auto refused = PluginFolders({folder.string()}).find("event_sink.sound");
        CPPUNIT_ASSERT(!refused);
        const std::string path = folder.string() + named;
        CPPUNIT_ASSERT_EQUAL(path + " can be written by others than its owner; run chmod go-w " +
                                 path,
                             refused.error().message);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PluginFoldersTest);

}  // namespace gatehouse
