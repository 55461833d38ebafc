// SPDX-License-Identifier: Apache-2.0
#include "Totp.h"

#include <cppunit/extensions/HelperMacros.h>

#include <utility>

namespace gatehouse {

namespace {

/// Whose numbers RFC 6238 repeats until the hash's size is reached.
TotpKey vectorKey(std::string algorithm, std::size_t size) {
    std::string secret;
    while (secret.size() < size) {
        secret += "1234567890";
    }
    TotpKey key;
    key.secret = Secret(secret.substr(0, size));
    key.algorithm = std::move(algorithm);
    key.digits = 8;
    return key;
}

TimePoint at(std::int64_t second) {
    return TimePoint{seconds{second}};
}

}  // namespace

class TotpTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(TotpTest);
    CPPUNIT_TEST(theVectorsOfTheRfc);
    CPPUNIT_TEST(theStepsBesideThePresentOneCount);
    CPPUNIT_TEST(otherCodesAreNone);
    CPPUNIT_TEST(aStepCountsFromThePreviousToTheEndOfTheNext);
    CPPUNIT_TEST(whatIsKeptIsReadAgain);
    CPPUNIT_TEST(keysThatAreWeakOrUnknownAreRefused);
    CPPUNIT_TEST(appsReadTheLink);
    CPPUNIT_TEST_SUITE_END();

public:
    /// RFC 6238 appendix B.
    void theVectorsOfTheRfc() {
        const auto sha1 = vectorKey("SHA1", 20);
        const auto sha256 = vectorKey("SHA256", 32);
        const auto sha512 = vectorKey("SHA512", 64);
        const struct {
            std::uint64_t second;
            const char* codes[3];
        } vectors[] = {{59, {"94287082", "46119246", "90693936"}},
                       {1111111109, {"07081804", "68084774", "25091201"}},
                       {1234567890, {"89005924", "91819424", "93441116"}},
                       {20000000000, {"65353130", "77737706", "47863826"}}};
        for (const auto& [second, codes] : vectors) {
            CPPUNIT_ASSERT_EQUAL(std::string(codes[0]), totpCode(sha1, second / 30));
            CPPUNIT_ASSERT_EQUAL(std::string(codes[1]), totpCode(sha256, second / 30));
            CPPUNIT_ASSERT_EQUAL(std::string(codes[2]), totpCode(sha512, second / 30));
        }
    }

    void theStepsBesideThePresentOneCount() {
        const auto key = vectorKey("SHA1", 20);
        for (const std::uint64_t step : {99U, 100U, 101U}) {
            CPPUNIT_ASSERT_EQUAL(step, *stepOf(key, totpCode(key, step), at(3000)));
        }
        CPPUNIT_ASSERT(!stepOf(key, totpCode(key, 98), at(3000)));
        CPPUNIT_ASSERT(!stepOf(key, totpCode(key, 102), at(3000)));
    }

    void otherCodesAreNone() {
        const auto key = vectorKey("SHA1", 20);
        const auto code = totpCode(key, 100);
        for (const auto& text : {std::string(), code.substr(1), code + "0", "x" + code.substr(1)}) {
            CPPUNIT_ASSERT(!stepOf(key, text, at(3000)));
        }
    }

    void aStepCountsFromThePreviousToTheEndOfTheNext() {
        const auto key = vectorKey("SHA1", 20);
        CPPUNIT_ASSERT(beginsToCount(key, 100) == at(2970));
        CPPUNIT_ASSERT(ceasesToCount(key, 100) == at(3060));
        const auto code = totpCode(key, 100);
        CPPUNIT_ASSERT(!stepOf(key, code, at(2969)) && stepOf(key, code, at(2970)));
        CPPUNIT_ASSERT(stepOf(key, code, at(3059)) && !stepOf(key, code, at(3060)));
    }

    void whatIsKeptIsReadAgain() {
        const auto key = vectorKey("SHA512", 64);
        const auto read = TotpKey::parse(key.text().view());
        CPPUNIT_ASSERT(read && read->secret.view() == key.secret.view());
        CPPUNIT_ASSERT(read->algorithm == "SHA512" && read->digits == 8);
        CPPUNIT_ASSERT(read->period == seconds{30});
    }

    void keysThatAreWeakOrUnknownAreRefused() {
        const auto with = [](auto change) {
            auto key = vectorKey("SHA1", 20);
            change(key);
            return keyProblem(key).empty();
        };
        CPPUNIT_ASSERT(with([](TotpKey&) {}));
        CPPUNIT_ASSERT(!with([](TotpKey& key) { key.secret = Secret("fifteen bytes.."); }));
        CPPUNIT_ASSERT(!with([](TotpKey& key) { key.secret = Secret(std::string(129, 'x')); }));
        CPPUNIT_ASSERT(!with([](TotpKey& key) { key.algorithm = "MD5"; }));
        CPPUNIT_ASSERT(!with([](TotpKey& key) { key.digits = 5; }));
        CPPUNIT_ASSERT(!with([](TotpKey& key) { key.digits = 9; }));
        CPPUNIT_ASSERT(!with([](TotpKey& key) { key.period = seconds{0}; }));
        CPPUNIT_ASSERT(!TotpKey::parse("{}") && !TotpKey::parse("[]") && !TotpKey::parse(""));
    }

    void appsReadTheLink() {
        TotpKey key;
        key.secret = Secret("12345678901234567890");
        CPPUNIT_ASSERT_EQUAL(
            std::string("otpauth://totp/id.example:ann%40example%3Aorg?secret="
                        "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=id.example&algorithm=SHA1&digits=6"
                        "&period=30"),
            keyUri(key, "id.example", "ann@example:org"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(TotpTest);

}  // namespace gatehouse
