// SPDX-License-Identifier: Apache-2.0
#include "passwords/StoredHash.h"

#include "HashVectors.h"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <set>
#include <vector>

namespace gatehouse {

class StoredHashTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(StoredHashTest);
    CPPUNIT_TEST(hashesOfOtherProgramsFitTheirPasswordAlone);
    CPPUNIT_TEST(everySchemeHasAVector);
    CPPUNIT_TEST(aHashThatIsCutFitsNothing);
    CPPUNIT_TEST(aHashOfWhichALetterIsChangedFitsNothing);
    CPPUNIT_TEST(costsOfYearsAreRefusedByName);
    CPPUNIT_TEST(whatIsNoHashIsRefused);
    CPPUNIT_TEST(whatIsTooWeakIsCalledByItsName);
    CPPUNIT_TEST(aSchemeBelowTheWeakestIsRefused);
    CPPUNIT_TEST(aPasswordIsNotCutAtNul);
    CPPUNIT_TEST(aHugePasswordFitsNothing);
    CPPUNIT_TEST(bcryptReadsNoMoreThanItsSeventyTwoBytes);
    CPPUNIT_TEST(bitsOfASaltThatDoNotCountMayBeSet);
    CPPUNIT_TEST_SUITE_END();

public:
    void hashesOfOtherProgramsFitTheirPasswordAlone() {
        for (const auto& vector : hashVectors) {
            const std::string text(vector.hash);
            const auto stored = taken(text);
            CPPUNIT_ASSERT_MESSAGE(text, stored.fits(Secret(vector.password)));
            CPPUNIT_ASSERT_MESSAGE(text, !stored.fits(Secret(std::string(vector.password) + "r")));
            CPPUNIT_ASSERT_MESSAGE(text, !stored.fits(Secret("")));
            CPPUNIT_ASSERT_MESSAGE(text, !stored.fits(Secret("\xff\xfe")));
            CPPUNIT_ASSERT_MESSAGE(text, stored.work() > std::chrono::nanoseconds{});
        }
    }

    void everySchemeHasAVector() {
        std::set<std::string> schemes;
        for (const auto& vector : hashVectors) {
            if (schemes.insert(vector.scheme).second) {
                const std::string text(vector.hash);
                CPPUNIT_ASSERT_MESSAGE(text, problemOf(text, vector.scheme).empty());
            }
        }
        const std::string all = weakestHashField.limits.choices;
        CPPUNIT_ASSERT_EQUAL(std::count(all.begin(), all.end(), '|') + 1,
                             static_cast<std::ptrdiff_t>(schemes.size()));
    }

    void aHashThatIsCutFitsNothing() {
        for (const auto& vector : hashVectors) {
            for (std::size_t size = 0; size < vector.hash.size(); ++size) {
                fitsNot(std::string(vector.hash.substr(0, size)), vector.password);
            }
        }
    }

    void aHashOfWhichALetterIsChangedFitsNothing() {
        for (const auto& vector : hashVectors) {
            std::string text(vector.hash);
            // Keycloak's has it inside.
            const auto value = text.find("value");
            const auto changed = value != std::string::npos ? value + 20 : text.size() - 8;
            text[changed] = text[changed] == 'x' ? 'y' : 'x';
            fitsNot(text, vector.password);
        }
    }

    void costsOfYearsAreRefusedByName() {
        const std::string digest43(43, 'a');
        const std::string digest86(86, 'a');
        const std::string salt = "abcdefghabcdefghabcdeQ";
        for (const auto& [scheme, text] : std::vector<std::pair<std::string, std::string>>{
                 {"bcrypt", "$2b$31$" + std::string(53, 'a')},
                 {"bcrypt", "$wp$2y$30$" + std::string(53, 'a')},
                 {"sha_crypt", "$6$rounds=999999999$salt$" + digest86},
                 {"sha_crypt", "$5$rounds=4294967295$salt$" + digest43},
                 {"pbkdf2",
                  "$pbkdf2$2147483647$" + salt.substr(0, 20) + "$" + std::string(27, 'A')},
                 {"pbkdf2", "pbkdf2_sha256$2147483647$salt$" + std::string(43, 'A') + "="},
                 {"scrypt", "$scrypt$ln=31,r=8,p=1$" + salt + "$" + std::string(43, 'A')},
                 {"scrypt", "$scrypt$ln=14,r=4294967295,p=4294967295$YWJj$" + std::string(43, 'A')},
                 {"scrypt", "$scrypt$ln=1,r=1,p=4294967295$YWJj$" + std::string(43, 'A')},
                 {"scrypt", "$7$z6..../....salt$" + digest43},
                 {"scrypt", "$7$CzzzzzzzzzzSalt$" + digest43},
                 {"yescrypt", "$y$jfT$salt$" + digest43},
                 {"phpass", "$P$S" + std::string(30, 'a')},
                 {"drupal7", "$S$S" + std::string(51, 'a')},
                 {"argon2", "$argon2id$v=19$m=4294967295,t=4294967295,p=1$" + salt + "$" + salt},
                 {"argon2", "$argon2i$v=19$m=136,t=1,p=17$" + salt + "$" + salt},
             }) {
            CPPUNIT_ASSERT_EQUAL("this " + scheme +
                                     " hash takes more time or memory to check than is allowed",
                                 problemOf(text));
        }
    }

    void whatIsNoHashIsRefused() {
        const std::string nul("$2b$04$\0", 8);
        for (const std::string& text :
             {std::string(),
              std::string("secret"),
              std::string(1 << 20U, 'A'),
              nul,
              nul + std::string(52, 'a'),
              std::string("$2b$03$") + std::string(53, 'a'),
              std::string("$2b$1a$") + std::string(53, 'a'),
              std::string("$2b$32$") + std::string(53, 'a'),
              std::string("$6$rounds=$salt$") + std::string(86, 'a'),
              std::string("$6$salt:$") + std::string(86, 'a'),
              std::string("{SSHA}AAAA"),
              std::string("{SSHA}????"),
              std::string("pbkdf2_sha256$0$salt$AAAA"),
              std::string("pbkdf2_md5$1000$salt$") + std::string(43, 'A') + "=",
              std::string("$scrypt$ln=0,r=8,p=1$YWJj$") + std::string(43, 'A'),
              std::string("scrypt$15$salt$8$1$") + std::string(43, 'A') + "=",
              std::string(R"({"secretData":{},"credentialData":{}})"),
              std::string("{"),
              std::string("$y$j9T$salt$short"),
              std::string("$7$"),
              std::string("AQAAAA==")}) {
            CPPUNIT_ASSERT_EQUAL(std::string("not a password hash of a form that is known"),
                                 problemOf(text));
        }
    }

    void whatIsTooWeakIsCalledByItsName() {
        CPPUNIT_ASSERT_EQUAL(std::string("this is Apache's MD5, which is too weak to be taken"),
                             problemOf("$apr1$salt$hash"));
        CPPUNIT_ASSERT_EQUAL(
            std::string("this is SHA-1 without a salt, which is too weak to be taken"),
            problemOf("{SHA}hash"));
    }

    void aSchemeBelowTheWeakestIsRefused() {
        for (const auto& vector : hashVectors) {
            const std::string text(vector.hash);
            const std::string scheme = vector.scheme;
            const bool isTaken = scheme == "scrypt" || scheme == "yescrypt" || scheme == "argon2";
            CPPUNIT_ASSERT_EQUAL(isTaken ? ""
                                         : "this is " + scheme + ", and weakest_hash is scrypt",
                                 problemOf(text, "scrypt"));
        }
    }

    void aPasswordIsNotCutAtNul() {
        for (const auto& vector : hashVectors) {
            const std::string longer = std::string(vector.password) + std::string("\0x", 2);
            CPPUNIT_ASSERT_MESSAGE(vector.scheme,
                                   !taken(std::string(vector.hash)).fits(Secret(longer)));
        }
    }

    void aHugePasswordFitsNothing() {
        for (const auto& vector : hashVectors) {
            CPPUNIT_ASSERT(
                !taken(std::string(vector.hash)).fits(Secret(std::string(1 << 20U, 'x'))));
        }
    }

    /// Made by bcrypt of 80 bytes, as PHP does it.
    void bcryptReadsNoMoreThanItsSeventyTwoBytes() {
        const auto stored = taken("$2b$04$fO.9ZThfFSw8mW4LSjZjm.G8vpOE0veBMNqDUrsm864IQYkC0u5ba");
        CPPUNIT_ASSERT(stored.fits(Secret(std::string(80, 'x'))));
        CPPUNIT_ASSERT(stored.fits(Secret(std::string(72, 'x'))));
        CPPUNIT_ASSERT(!stored.fits(Secret(std::string(71, 'x'))));
    }

    void bitsOfASaltThatDoNotCountMayBeSet() {
        std::string text(hashVectors[0].hash);
        text[28] = static_cast<char>(text[28] + 1);
        CPPUNIT_ASSERT(taken(text).fits(Secret(hashVectors[0].password)));
    }

private:
    static StoredHash taken(const std::string& text) {
        auto read = StoredHash::read(text, "ssha");
        const auto* problem = std::get_if<std::string>(&read);
        CPPUNIT_ASSERT_MESSAGE(text + ": " + (problem == nullptr ? "" : *problem),
                               problem == nullptr);
        return std::get<StoredHash>(std::move(read));
    }
    static std::string problemOf(std::string_view text, std::string_view weakest = "ssha") {
        const auto read = StoredHash::read(text, weakest);
        const auto* problem = std::get_if<std::string>(&read);
        return problem == nullptr ? std::string{} : *problem;
    }
    static void fitsNot(const std::string& text, std::string_view password) {
        const auto read = StoredHash::read(text, "ssha");
        const auto* stored = std::get_if<StoredHash>(&read);
        CPPUNIT_ASSERT_MESSAGE(text, stored == nullptr || !stored->fits(Secret(password)));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(StoredHashTest);

}  // namespace gatehouse
