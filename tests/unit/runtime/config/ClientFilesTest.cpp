// SPDX-License-Identifier: Apache-2.0
#include "config/ClientFiles.h"

#include "Bed.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse::test {

class ClientFilesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ClientFilesTest);
    CPPUNIT_TEST(filesAreReadInTheOrderOfTheirNames);
    CPPUNIT_TEST(aJsonFileIsNotPassedOverInSilence);
    CPPUNIT_TEST(metadataHasTheTypesOfItsTable);
    CPPUNIT_TEST(aSecretStaysOutOfTheMetadata);
    CPPUNIT_TEST(keysKnowTheirPlace);
    CPPUNIT_TEST(noFolderIsNoClients);
    CPPUNIT_TEST(allMistakesOfAllFilesAreReported);
    CPPUNIT_TEST(whatAnotherServerHandedOutIsTaken);
    CPPUNIT_TEST(whatIsNotImplementedSaysSo);
    CPPUNIT_TEST(aClientThatStandsTwiceNamesBothPlaces);
    CPPUNIT_TEST(aLinkOutOfTheFolderIsNotFollowed);
    CPPUNIT_TEST(whatIsNoFileOrTooLargeIsRefused);
    CPPUNIT_TEST(whatEverybodyCanWriteIsRefused);
    CPPUNIT_TEST_SUITE_END();

    TemporaryFolder folder_;

    std::vector<ClientFile> files() const {
        Problems problems;
        auto read = readClientFiles(folder_.at("c"), {"door"}, problems);
        CPPUNIT_ASSERT_EQUAL(std::string(), problems.text());
        return read;
    }

    std::string refusal() const {
        Problems problems;
        readClientFiles(folder_.at("c"), {"door"}, problems);
        return problems.text();
    }

    void filesAreReadInTheOrderOfTheirNames() {
        folder_.write("c/b.yaml", "client_id: second\n");
        folder_.write("c/a.toml", "client_id = 'first'\n");
        folder_.write("c/c.yml", "client_id: third\n");
        folder_.write("c/README.md", "not a client\n");
        folder_.write("c/a.yaml~", "client_id: backup\n");
        std::string order;
        for (const auto& file : files()) {
            order += std::string(file.metadata.text("client_id")) + " ";
        }
        CPPUNIT_ASSERT_EQUAL(std::string("first second third "), order);
    }

    void aJsonFileIsNotPassedOverInSilence() {
        folder_.write("c/shop.json", R"({"client_id": "shop"})");
        Problems problems;
        CPPUNIT_ASSERT(readClientFiles(folder_.at("c"), {"door"}, problems).empty());
        CPPUNIT_ASSERT_EQUAL("gatehouse: warning: " + folder_.at("c/shop.json") +
                                 ": client: not read; JSON is YAML, so call it .yaml\n",
                             problems.warningReport());
    }

    void metadataHasTheTypesOfItsTable() {
        folder_.write("c/a.yaml", "client_id: 4711\n"
                                  "client_name: Shop\n"
                                  "redirect_uris: ['https://shop.example/cb']\n"
                                  "scope: openid profile\n"
                                  "default_max_age: 60\n"
                                  "require_auth_time: true\n"
                                  "jwks: {keys: [{kty: EC, crv: P-256}]}\n"
                                  "pkce: optional\n"
                                  "consent: implicit\n"
                                  "application_type: native\n"
                                  "subject_type: public\n");
        const ValueMap expected{
            {"client_id", "4711"},
            {"client_name", "Shop"},
            {"redirect_uris", ValueList{"https://shop.example/cb"}},
            {"scope", "openid profile"},
            {"default_max_age", 60},
            {"require_auth_time", true},
            {"jwks", ValueMap{{"keys", ValueList{ValueMap{{"kty", "EC"}, {"crv", "P-256"}}}}}},
            {"pkce", "optional"},
            {"consent", "implicit"},
            {"application_type", "native"},
            {"subject_type", "public"}};
        CPPUNIT_ASSERT(Value(expected) == Value(files().at(0).metadata));
    }

    void aSecretStaysOutOfTheMetadata() {
        folder_.write("c/secret", "correct horse battery\n");
        folder_.write("c/a.yaml", "client_id: a\nclient_secret: {file: secret}\n");
        folder_.write("c/b.yaml", "client_id: b\n");
        CPPUNIT_ASSERT_EQUAL(std::string("correct horse battery"),
                             std::string(files().at(0).secret.view()));
        CPPUNIT_ASSERT(!files().at(0).metadata.contains("client_secret"));
        CPPUNIT_ASSERT(files().at(1).secret.empty());
    }

    void keysKnowTheirPlace() {
        const std::string path = folder_.write("c/a.yaml", "client_id: a\nscope: openid\n");
        const ClientFile file = files().at(0);
        CPPUNIT_ASSERT_EQUAL(path + ":2:8", file.placeOf("scope").text());
        CPPUNIT_ASSERT_EQUAL(path, file.placeOf("contacts").text());
    }

    void noFolderIsNoClients() { CPPUNIT_ASSERT(files().empty()); }

    void allMistakesOfAllFilesAreReported() {
        const std::string a =
            folder_.write("c/a.yaml", "client_id: a\nredirct_uris: []\npkce: never\n");
        const std::string b = folder_.write("c/b.toml", "client_secret = 'short'\n");
        const std::string c = folder_.write("c/c.yaml", "client_id: [\n");
        CPPUNIT_ASSERT_EQUAL(
            a + ":2:1: client: unknown key \"redirct_uris\"; did you mean \"redirect_uris\"?\n" +
                a + ":3:7: client: pkce: \"never\" is not one of required, optional\n" + b +
                ": client: client_id: missing (what the client calls itself)\n" + b +
                ":1:17: client: client_secret: has to be at least 16 bytes long\n" + c +
                ":2:1: not valid YAML: end of sequence flow not found\n",
            refusal());
    }

    void whatAnotherServerHandedOutIsTaken() {
        folder_.write("c/a.json.yaml", R"({"client_id": "a", "client_name": "Shop",
            "client_name#de": "Laden", "logo_uri#ja-Jpan-JP": "https://shop.example/jp.png",
            "client_secret": "0123456789abcdef", "client_secret_expires_at": 0,
            "client_id_issued_at": 1700000000, "software_id": "4NRB1-0XZABZI9E6-5SM3R",
            "software_version": "1.0", "token_endpoint_auth_signing_alg": "ES256"})");
        const auto metadata = files().at(0).metadata;
        CPPUNIT_ASSERT_EQUAL(std::string("Laden"), std::string(metadata.text("client_name#de")));
        CPPUNIT_ASSERT_EQUAL(std::string("https://shop.example/jp.png"),
                             std::string(metadata.text("logo_uri#ja-Jpan-JP")));
        CPPUNIT_ASSERT_EQUAL(std::string("1.0"), std::string(metadata.text("software_version")));
    }

    void whatIsNotImplementedSaysSo() {
        const std::string a = folder_.write("c/a.yaml", "client_id: a\n"
                                                        "jwks_uri: https://shop.example/jwks\n"
                                                        "client_name#: Shop\n"
                                                        "scope#de: openid\n"
                                                        "tos_uri#de: none\n"
                                                        "client_secret_expires_at: 1700000000\n");
        const auto text = refusal();
        for (const std::string& each :
             {a + ":2:1: client: jwks_uri: no plugin fetches keys here; put the key set itself "
                  "into "
                  "jwks\n",
              a + ":3:1: client: unknown key \"client_name#\"; did you mean \"client_name\"?\n",
              a + ":4:1: client: unknown key \"scope#de\"",
              a + ":5:13: client: tos_uri#de: ", a + ":6:27: client: client_secret_expires_at: "}) {
            CPPUNIT_ASSERT_MESSAGE(text + "\n" + each, text.find(each) != std::string::npos);
        }
    }

    void aClientThatStandsTwiceNamesBothPlaces() {
        const std::string a = folder_.write("c/a.yaml", "client_id: shop\n");
        const std::string b = folder_.write("c/b.yaml", "client_name: x\nclient_id: shop\n");
        CPPUNIT_ASSERT_EQUAL(b + ":2:12: client: client_id \"shop\" is taken at " + a + ":1:12\n",
                             refusal());
    }

    void aLinkOutOfTheFolderIsNotFollowed() {
        folder_.write("secret.yaml", "the root secret");
        folder_.write("c/..data/b.yaml", "client_id: b\n");
        std::filesystem::create_symlink("..data/b.yaml", folder_.at("c/b.yaml"));
        CPPUNIT_ASSERT_EQUAL(std::string("b"),
                             std::string(files().at(0).metadata.text("client_id")));
        std::filesystem::create_symlink("../secret.yaml", folder_.at("c/a.yaml"));
        CPPUNIT_ASSERT_EQUAL(folder_.at("c/a.yaml") + ": is a link that leads out of " +
                                 folder_.at("c") +
                                 "; one that stays inside, written relative, is followed\n",
                             refusal());
    }

    void whatIsNoFileOrTooLargeIsRefused() {
        folder_.write("c/large.yaml", "# " + std::string(5 << 20U, 'x'));
        CPPUNIT_ASSERT_EQUAL(0, ::mkfifo(folder_.at("c/pipe.toml").c_str(), 0600));
        CPPUNIT_ASSERT_EQUAL(folder_.at("c/large.yaml") + ": is larger than 4 MiB\n" +
                                 folder_.at("c/pipe.toml") + ": is not a regular file\n",
                             refusal());
    }

    void whatEverybodyCanWriteIsRefused() {
        const std::string a = folder_.write("c/a.yaml", "client_id: a\n", 0666);
        CPPUNIT_ASSERT_EQUAL(
            a + ": can be written by everybody (mode 0666); take that away with chmod o-w\n",
            refusal());
        CPPUNIT_ASSERT_EQUAL(0, ::chmod(folder_.at("c").c_str(), 0777));
        CPPUNIT_ASSERT_EQUAL(
            folder_.at("c") +
                ": can be written by everybody (mode 0777); take that away with chmod o-w\n",
            refusal());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ClientFilesTest);

}  // namespace gatehouse::test
