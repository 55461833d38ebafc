// SPDX-License-Identifier: Apache-2.0
#include "Proof.h"

#include "Cbor.h"
#include "SoftAuthenticator.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

namespace {

constexpr const char* challenge = "Y2hhbGxlbmdl";

Asked asked(std::string_view type, bool isVerified = true) {
    return {type, challenge, "https://id.example", "id.example", isVerified};
}

}  // namespace

class ProofTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ProofTest);
    CPPUNIT_TEST(whatTheKeySignedIsTaken);
    CPPUNIT_TEST(eachByteOfAnAnswerCounts);
    CPPUNIT_TEST(whoIsNotVerifiedIsRefusedWhereThatIsAsked);
    CPPUNIT_TEST(aNewKeyIsFound);
    CPPUNIT_TEST(aNewKeyThatIsCutOffIsNone);
    CPPUNIT_TEST(flagsMustAgree);
    CPPUNIT_TEST(nothingSaysToBeLongerThanItIs);
    CPPUNIT_TEST_SUITE_END();

    SoftAuthenticator device_;

    bool isGood(const Assertion& answer, bool isVerified = true) const {
        return bool(verify(answer, device_.passkey("id"), asked("webauthn.get", isVerified)));
    }
    Assertion answer() const { return *Assertion::read(device_.assertion(challenge, "id")); }

public:
    void whatTheKeySignedIsTaken() {
        device_.count = 0x01020304;
        const auto data = verify(answer(), device_.passkey("id"), asked("webauthn.get"));
        CPPUNIT_ASSERT(data);
        CPPUNIT_ASSERT_EQUAL(device_.count, data->signCount);
        CPPUNIT_ASSERT(data->isUserPresent && data->isUserVerified && !data->isBackupEligible);
    }

    void eachByteOfAnAnswerCounts() {
        for (auto part :
             {&Assertion::clientDataJson, &Assertion::authenticatorData, &Assertion::signature}) {
            for (std::size_t at = 0; at < (answer().*part).size(); ++at) {
                auto changed = answer();
                (changed.*part)[at] = static_cast<char>((changed.*part)[at] ^ 1);
                CPPUNIT_ASSERT_MESSAGE(std::to_string(at), !isGood(changed));
            }
        }
    }

    void whoIsNotVerifiedIsRefusedWhereThatIsAsked() {
        device_.flags = SoftAuthenticator::present;
        CPPUNIT_ASSERT(!isGood(answer()));
        CPPUNIT_ASSERT(isGood(answer(), false));
        device_.flags = SoftAuthenticator::verified;
        CPPUNIT_ASSERT(!isGood(answer(), false));
    }

    void aNewKeyIsFound() {
        const auto read = Registration::read(device_.registration(challenge, "new"));
        const auto made = verify(*read, asked("webauthn.create"));
        CPPUNIT_ASSERT_MESSAGE(made ? "" : made.error(), bool(made));
        CPPUNIT_ASSERT_EQUAL(std::string("new"), made->passkey.credentialId);
        CPPUNIT_ASSERT_EQUAL(device_.key().bytes, made->passkey.key.bytes);
        CPPUNIT_ASSERT_EQUAL(-8, made->passkey.key.algorithm);
    }

    void aNewKeyThatIsCutOffIsNone() {
        const auto whole =
            device_.data(SoftAuthenticator::credential, device_.credentialData("new"));
        CPPUNIT_ASSERT(newCredential(whole));
        for (std::size_t size = 0; size < whole.size(); ++size) {
            CPPUNIT_ASSERT_MESSAGE(std::to_string(size), !newCredential(whole.substr(0, size)));
        }
    }

    void nothingSaysToBeLongerThanItIs() {
        for (const auto* good : {"", "\xA1\x01\x02", "\x42xy\x01", "\xF5", "\x81\x81\x81\x01"}) {
            CPPUNIT_ASSERT(isCborSequence(good));
        }
        for (const auto* bad :
             {"\x41", "\xA1\x01", "\x81", "\x9F\xFF", "\xBF\xFF", "\x5F\xFF", "\x1C", "\xC1\x01",
              "\x9B\x10\x10\x10\x10\x10\x10\x10\x10", "\xBB\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01",
              "\x9A\x10\x10\x10\x10\x01", "\x81\x81\x81\x81\x01"}) {
            CPPUNIT_ASSERT(!isCborSequence(bad));
        }
    }

    void flagsMustAgree() {
        const auto read = [&](std::uint8_t flags, const std::string& tail = {}) {
            device_.flags = flags;
            return AuthenticatorData::read(device_.data(0, tail));
        };
        CPPUNIT_ASSERT(read(SoftAuthenticator::present));
        CPPUNIT_ASSERT(read(SoftAuthenticator::eligible | SoftAuthenticator::backedUp)->isBackedUp);
        CPPUNIT_ASSERT(!read(SoftAuthenticator::backedUp));
        CPPUNIT_ASSERT(!read(SoftAuthenticator::present, "x"));
        CPPUNIT_ASSERT(!read(SoftAuthenticator::credential));
        CPPUNIT_ASSERT(!read(SoftAuthenticator::extensions));
        CPPUNIT_ASSERT(read(SoftAuthenticator::extensions, "\xA0"));
        CPPUNIT_ASSERT(!AuthenticatorData::read(std::string(36, 'x')));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ProofTest);

}  // namespace gatehouse
