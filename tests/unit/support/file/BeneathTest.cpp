// SPDX-License-Identifier: Apache-2.0
#include "file/Beneath.h"

#include "FolderBed.h"

#include <cppunit/extensions/HelperMacros.h>
#include <fcntl.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace gatehouse::test {

/// Each fact holds with openat2() and without.
class BeneathTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(BeneathTest);
    CPPUNIT_TEST(whatLiesInTheFolderIsOpened);
    CPPUNIT_TEST(linksThatStayInsideAreFollowed);
    CPPUNIT_TEST(aMountedVolumesLinksAreFollowed);
    CPPUNIT_TEST(linksThatLeadOutAreNot);
    CPPUNIT_TEST(aCircleOfLinksEnds);
    CPPUNIT_TEST(whatIsMissingIsMissing);
    CPPUNIT_TEST(aPipeIsNotWaitedFor);
    CPPUNIT_TEST_SUITE_END();

    using Opener = FileDescriptor (*)(const FileDescriptor&, const std::string&);
    static constexpr std::array<Opener, 2> openers{&openBeneath, &openBeneathByHand};

    FolderBed bed_;

    FileDescriptor folder() const {
        return FileDescriptor(::open(bed_.folder().c_str(), O_RDONLY | O_DIRECTORY));
    }
    void assertSays(const std::string& text, const std::string& path) const {
        for (const auto open : openers) {
            const FileDescriptor file = open(folder(), path);
            CPPUNIT_ASSERT_MESSAGE(path + ": " + std::strerror(errno), static_cast<bool>(file));
            std::string said(100, '\0');
            const auto size = ::read(file.number(), said.data(), said.size());
            CPPUNIT_ASSERT_EQUAL(text, said.substr(0, static_cast<std::size_t>(size)));
        }
    }
    void assertFails(int reason, const std::string& path) const {
        for (const auto open : openers) {
            CPPUNIT_ASSERT_MESSAGE(path, !open(folder(), path));
            CPPUNIT_ASSERT_EQUAL_MESSAGE(path, std::string(std::strerror(reason)),
                                         std::string(std::strerror(errno)));
        }
    }

    void whatLiesInTheFolderIsOpened() {
        bed_.write("a", "A");
        bed_.write("b/c", "C");
        assertSays("A", "a");
        assertSays("C", "b/c");
        assertSays("C", "./b//c");
        assertSays("A", "b/../a");
    }

    void linksThatStayInsideAreFollowed() {
        bed_.write("a", "A");
        bed_.write("b/c", "C");
        bed_.link("d", "b");
        bed_.link("b/e", "../a");
        assertSays("C", "d/c");
        assertSays("A", "d/e");
    }

    void aMountedVolumesLinksAreFollowed() {
        bed_.write("..2026_11_28/shop.yaml", "shop");
        bed_.link("..data", "..2026_11_28");
        bed_.link("shop.yaml", "..data/shop.yaml");
        assertSays("shop", "shop.yaml");
    }

    void linksThatLeadOutAreNot() {
        bed_.link("up", "../secret");
        bed_.link("whole", bed_.folder() + "/../secret");
        bed_.link("out", "..");
        bed_.link("process", "/proc/self/root");
        for (const char* path : {"up", "whole", "out/secret", "out", "../secret", "process/etc"}) {
            assertFails(EXDEV, path);
        }
        assertFails(EXDEV, bed_.folder() + "/../secret");
    }

    void aCircleOfLinksEnds() {
        bed_.link("a", "b");
        bed_.link("b", "a");
        assertFails(ELOOP, "a");
    }

    void whatIsMissingIsMissing() {
        bed_.write("a", "A");
        bed_.link("dead", "gone");
        assertFails(ENOENT, "gone");
        assertFails(ENOENT, "dead");
        assertFails(ENOTDIR, "a/b");
    }

    void aPipeIsNotWaitedFor() {
        CPPUNIT_ASSERT_EQUAL(0, ::mkfifo(bed_.at("pipe").c_str(), 0600));
        for (const auto open : openers) {
            CPPUNIT_ASSERT(open(folder(), "pipe"));
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(BeneathTest);

}  // namespace gatehouse::test
