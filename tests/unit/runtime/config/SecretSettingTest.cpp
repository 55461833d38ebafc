// SPDX-License-Identifier: Apache-2.0
#include "Bed.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse::test {

namespace {

constexpr Field fields[] = {{"secret", Kind::secret, required, "a secret", between(8, 100)}};
constexpr const char* bytes = "correct horse";

}  // namespace

class SecretSettingTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SecretSettingTest);
    CPPUNIT_TEST(aSecretIsItsTextOrAFileWithoutItsLastLineBreak);
    CPPUNIT_TEST(aBlocksOrVariablesLastLineBreakIsNoPartOfIt);
    CPPUNIT_TEST(aRelativeFileLiesBesideTheConfiguration);
    CPPUNIT_TEST(aFileOpenToEverybodyIsRefusedWithItsMode);
    CPPUNIT_TEST(whatIsNoFileIsRefused);
    CPPUNIT_TEST(aSecretInAMessageIsNeverShown);
    CPPUNIT_TEST_SUITE_END();

    TemporaryFolder folder_;

    std::string read(const std::string& setting, std::string& problemText) const {
        Problems problems;
        const ConfigNode settings = yaml("secret: " + setting + "\n", folder_.at("f.yaml"));
        const auto checked = CheckedConfig::check(fields, {"x", "x", {}, &settings}, problems);
        problemText = problems.text();
        return std::string(checked.secret("secret").view());
    }

    std::string refusal(const std::string& setting) const {
        std::string problems;
        CPPUNIT_ASSERT_EQUAL(std::string(), read(setting, problems));
        return problems;
    }

    std::string fileSetting(const std::string& content, mode_t mode = 0600) const {
        return "{file: " + folder_.write("secret", content, mode) + "}";
    }

    void aSecretIsItsTextOrAFileWithoutItsLastLineBreak() {
        std::string problems;
        CPPUNIT_ASSERT_EQUAL(std::string(bytes), read(bytes, problems));
        CPPUNIT_ASSERT_EQUAL(std::string(bytes), read(fileSetting(bytes), problems));
        CPPUNIT_ASSERT_EQUAL(std::string(bytes),
                             read(fileSetting(std::string(bytes) + "\n"), problems));
        CPPUNIT_ASSERT_EQUAL(std::string(bytes),
                             read(fileSetting(std::string(bytes) + "\r\n"), problems));
        CPPUNIT_ASSERT_EQUAL(std::string(bytes) + "\n",
                             read(fileSetting(std::string(bytes) + "\n\n", 0640), problems));
        CPPUNIT_ASSERT_EQUAL(std::string(bytes) + "\r",
                             read(fileSetting(std::string(bytes) + "\r"), problems));
        CPPUNIT_ASSERT_EQUAL(std::string(), problems);
    }

    void aBlocksOrVariablesLastLineBreakIsNoPartOfIt() {
        std::string problems;
        CPPUNIT_ASSERT_EQUAL(std::string(bytes), read("|\n  " + std::string(bytes), problems));
        CPPUNIT_ASSERT_EQUAL(std::string(bytes) + "\n",
                             read("\"" + std::string(bytes) + "\\n\\r\\n\"", problems));
        const auto file = folder_.write("w.yaml", wholeYaml);
        const std::string secret = "0123456789012345678901234567890123456789";
        CPPUNIT_ASSERT_EQUAL(secret, std::string(load(file, {{"JWT_SECRET", secret + "\n"}})
                                                     .security()
                                                     .secret("jwt_secret")
                                                     .view()));
    }

    void aRelativeFileLiesBesideTheConfiguration() {
        folder_.write("keys/secret", bytes);
        std::string problems;
        CPPUNIT_ASSERT_EQUAL(std::string(bytes), read("{file: keys/secret}", problems));
    }

    void aFileOpenToEverybodyIsRefusedWithItsMode() {
        const std::string start = folder_.at("f.yaml") + ":1:9: x: secret: " + folder_.at("secret");
        CPPUNIT_ASSERT_EQUAL(
            start + " is open to everybody (mode 0644); take that away with chmod o=\n",
            refusal(fileSetting(bytes, 0644)));
        CPPUNIT_ASSERT_EQUAL(
            start + " is open to everybody (mode 0602); take that away with chmod o=\n",
            refusal(fileSetting(bytes, 0602)));
    }

    void whatIsNoFileIsRefused() {
        const std::string start = folder_.at("f.yaml") + ":1:9: x: secret: ";
        CPPUNIT_ASSERT_EQUAL(start + folder_.at("gone") +
                                 " cannot be read: No such file or directory\n",
                             refusal("{file: gone}"));
        CPPUNIT_ASSERT_EQUAL(start + "/dev/null is not a regular file\n",
                             refusal("{file: /dev/null}"));
        CPPUNIT_ASSERT_EQUAL(0, ::mkfifo(folder_.at("pipe").c_str(), 0600));
        CPPUNIT_ASSERT_EQUAL(start + folder_.at("pipe") + " is not a regular file\n",
                             refusal("{file: pipe}"));
        CPPUNIT_ASSERT_EQUAL(start + folder_.at("secret") + " is empty\n",
                             refusal(fileSetting("\n")));
        CPPUNIT_ASSERT_EQUAL(start + folder_.at("secret") + " is larger than 64 KiB\n",
                             refusal(fileSetting(std::string(70000, 'x'))));
        CPPUNIT_ASSERT_EQUAL(start + "has to be at least 8 bytes long\n",
                             refusal(fileSetting("short")));
    }

    void aSecretInAMessageIsNeverShown() {
        // Which no path of the test has by chance.
        const std::string shown = "zz-zz";
        std::string tooLong;
        while (tooLong.size() < 200) {
            tooLong += shown;
        }
        for (const std::string& setting : {tooLong, shown, fileSetting(tooLong)}) {
            CPPUNIT_ASSERT_EQUAL(std::string::npos, refusal(setting).find(shown));
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SecretSettingTest);

}  // namespace gatehouse::test
