// SPDX-License-Identifier: Apache-2.0
#include "file/GivenFile.h"

#include "FolderBed.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse::test {

class GivenFileTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(GivenFileTest);
    CPPUNIT_TEST(aFileIsReadWhole);
    CPPUNIT_TEST(onlyARegularFileIsRead);
    CPPUNIT_TEST(aFileThatIsTooLargeIsNotRead);
    CPPUNIT_TEST(aFileThatSaysNoSizeIsBoundedToo);
    CPPUNIT_TEST(aFileEverybodyCanWriteIsRefused);
    CPPUNIT_TEST(aFileThatEverybodyCanExchangeIsRefused);
    CPPUNIT_TEST(noFolderAboveMayBeExchanged);
    CPPUNIT_TEST(aLinkOutOfAFolderIsNotFollowed);
    CPPUNIT_TEST(aFolderNamesWhatLiesInIt);
    CPPUNIT_TEST(aFolderEverybodyCanWriteIsRefused);
    CPPUNIT_TEST_SUITE_END();

    FolderBed bed_;

    static std::string text(const Result<GivenFile>& file) {
        CPPUNIT_ASSERT_MESSAGE(file ? "" : file.error().detail, static_cast<bool>(file));
        return file->text;
    }
    static std::string refusal(const Result<GivenFile>& file) {
        CPPUNIT_ASSERT(!file);
        return file.error().detail;
    }
    GivenFolder folder() const {
        auto opened = GivenFolder::open(bed_.folder(), Keeping::own);
        CPPUNIT_ASSERT(opened);
        return *std::move(opened);
    }

    void aFileIsReadWhole() {
        const std::string large(300'000, 'x');
        CPPUNIT_ASSERT_EQUAL(
            large, text(readGivenFile(bed_.write("a", large), {Keeping::own, large.size()})));
        CPPUNIT_ASSERT_EQUAL(std::string(),
                             text(readGivenFile(bed_.write("b", ""), {Keeping::own, 10})));
        bed_.link("c", "a");
        CPPUNIT_ASSERT_EQUAL(large, text(folder().read("c", {Keeping::own, large.size()})));
    }

    void onlyARegularFileIsRead() {
        CPPUNIT_ASSERT_EQUAL(0, ::mkfifo(bed_.at("pipe").c_str(), 0600));
        const FileWish wish{Keeping::shared, 10};
        CPPUNIT_ASSERT_EQUAL(bed_.at("pipe") + " is not a regular file",
                             refusal(readGivenFile(bed_.at("pipe"), wish)));
        CPPUNIT_ASSERT_EQUAL(bed_.at("pipe") + " is not a regular file",
                             refusal(folder().read("pipe", wish)));
        CPPUNIT_ASSERT_EQUAL(std::string("/dev/zero is not a regular file"),
                             refusal(readGivenFile("/dev/zero", wish)));
        CPPUNIT_ASSERT_EQUAL(bed_.folder() + " is a folder, not a file",
                             refusal(readGivenFile(bed_.folder(), wish)));
        CPPUNIT_ASSERT_EQUAL(bed_.at("gone") + " cannot be read: No such file or directory",
                             refusal(readGivenFile(bed_.at("gone"), wish)));
    }

    void aFileThatIsTooLargeIsNotRead() {
        CPPUNIT_ASSERT_EQUAL(
            bed_.at("a") + " is larger than 1 KiB",
            refusal(readGivenFile(bed_.write("a", std::string(1025, 'x')), {Keeping::own, 1024})));
    }

    void aFileThatSaysNoSizeIsBoundedToo() {
        const auto whole = text(readGivenFile("/proc/self/maps", {Keeping::shared, 64U << 20U}));
        CPPUNIT_ASSERT(whole.size() > 1024);
        CPPUNIT_ASSERT_EQUAL(std::string("/proc/self/maps is larger than 1 KiB"),
                             refusal(readGivenFile("/proc/self/maps", {Keeping::shared, 1024})));
    }

    void aFileEverybodyCanWriteIsRefused() {
        CPPUNIT_ASSERT_EQUAL(
            bed_.at("a") +
                " can be written by everybody (mode 0666); take that away with chmod o-w",
            refusal(readGivenFile(bed_.write("a", "A", 0666), {Keeping::own, 10})));
    }

    void aFileThatEverybodyCanExchangeIsRefused() {
        const auto path = bed_.write("open/a", "A");
        CPPUNIT_ASSERT_EQUAL(0, ::chmod(bed_.at("open").c_str(), 0777));
        CPPUNIT_ASSERT_EQUAL(
            bed_.at("open") +
                " can be written by everybody (mode 0777); take that away with chmod o-w",
            refusal(readGivenFile(path, {Keeping::own, 10})));
        CPPUNIT_ASSERT_EQUAL(0, ::chmod(bed_.at("open").c_str(), 01777));
        CPPUNIT_ASSERT_EQUAL(std::string("A"), text(readGivenFile(path, {Keeping::own, 10})));
    }

    void noFolderAboveMayBeExchanged() {
        const auto path = bed_.write("open/below/a", "A");
        bed_.link("link", "open/below");
        CPPUNIT_ASSERT_EQUAL(0, ::chmod(bed_.at("open").c_str(), 0777));
        const auto expected =
            bed_.at("open") +
            " can be written by everybody (mode 0777); take that away with chmod o-w";
        for (const auto keeping : {Keeping::own, Keeping::secret}) {
            CPPUNIT_ASSERT_EQUAL(expected, refusal(readGivenFile(path, {keeping, 10})));
            CPPUNIT_ASSERT_EQUAL(expected,
                                 refusal(readGivenFile(bed_.at("link/a"), {keeping, 10})));
        }
        for (const char* folder : {"open/below", "link"}) {
            const auto opened = GivenFolder::open(bed_.at(folder), Keeping::own);
            CPPUNIT_ASSERT(!opened);
            CPPUNIT_ASSERT_EQUAL(expected, opened.error().detail);
            CPPUNIT_ASSERT(GivenFolder::open(bed_.at(folder), Keeping::shared));
        }
    }

    void aLinkOutOfAFolderIsNotFollowed() {
        bed_.link("style.css", "../secret");
        CPPUNIT_ASSERT_EQUAL(bed_.at("style.css") + " is a link that leads out of " +
                                 bed_.folder() +
                                 "; one that stays inside, written relative, is followed",
                             refusal(folder().read("style.css", {Keeping::own, 100})));
    }

    void aFolderNamesWhatLiesInIt() {
        bed_.write("b", "");
        bed_.write("parts/a", "");
        CPPUNIT_ASSERT(folder().has("b"));
        CPPUNIT_ASSERT(!folder().has("c"));
        std::string named;
        const auto names = folder().names();
        for (const auto& name : *names) {
            named += name + " ";
        }
        CPPUNIT_ASSERT_EQUAL(std::string(". .. b parts "), named);
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, folder().names("parts")->size());
        CPPUNIT_ASSERT(folder().names("gone")->empty());
        bed_.link("out", "..");
        CPPUNIT_ASSERT_EQUAL(bed_.at("out") + " is a link that leads out of " + bed_.folder() +
                                 "; one that stays inside, written relative, is followed",
                             folder().names("out").error().detail);
        bed_.link("round", "round");
        CPPUNIT_ASSERT_EQUAL(bed_.at("round") +
                                 " cannot be read: Too many levels of symbolic links",
                             folder().names("round").error().detail);
    }

    void aFolderEverybodyCanWriteIsRefused() {
        CPPUNIT_ASSERT_EQUAL(0, ::chmod(bed_.folder().c_str(), 0777));
        const auto opened = GivenFolder::open(bed_.folder(), Keeping::own);
        CPPUNIT_ASSERT(!opened);
        CPPUNIT_ASSERT_EQUAL(
            bed_.folder() +
                " can be written by everybody (mode 0777); take that away with chmod o-w",
            opened.error().detail);
        CPPUNIT_ASSERT_EQUAL(bed_.at("gone") + " cannot be read: No such file or directory",
                             GivenFolder::open(bed_.at("gone"), Keeping::own).error().detail);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(GivenFileTest);

}  // namespace gatehouse::test
