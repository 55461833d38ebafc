// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/KeyDecrypter.h>
#include <gatehouse/point/KeyStore.h>
#include <gatehouse/testkit/OddTexts.h>
#include <gatehouse/testkit/PluginCase.h>
#include <gatehouse/testkit/Together.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::testkit {

/// What every KeyStore promises, run against the store of a bed:
///
///     struct AcmeBed : gatehouse::testkit::HostBed {      // made anew for each case
///         /// A store, configured with `host` and started; those that are made later are other
///         /// nodes of the same deployment.
///         std::unique_ptr<gatehouse::KeyStore> make();
///         /// Is this the signature of the key over the input (RFC 7518 section 3)?
///         static bool verifies(const gatehouse::PublicKey& key, std::string_view input,
///                              std::string_view signature);
///     };
///     CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::testkit::KeyStoreContract<AcmeBed>);
///
/// Keys age by the host's clock. Threads call the store concurrently, so run it under a thread
/// sanitizer once.
template <class Bed> class KeyStoreContract : public PluginCase<KeyStore, Bed> {
    using Base = PluginCase<KeyStore, Bed>;
    using Base::bed_;
    using Base::context_;
    using Base::plugin_;

    CPPUNIT_TEST_SUITE(KeyStoreContract<Bed>);
    CPPUNIT_TEST(itsAlgorithmsHaveNames);
    CPPUNIT_TEST(theFirstKeysAreThereAtOnce);
    CPPUNIT_TEST(onlyPublicMembersArePublished);
    CPPUNIT_TEST(signaturesHold);
    CPPUNIT_TEST(oddInputsAreSigned);
    CPPUNIT_TEST(aKeyThatIsNotThereSignsNothing);
    CPPUNIT_TEST(aNewKeyIsPublishedBeforeItSigns);
    CPPUNIT_TEST(aKeyThatIsReplacedStaysAsLongAsItSays);
    CPPUNIT_TEST(theVersionTellsOfChanges);
    CPPUNIT_TEST(issuersHaveTheirOwnKeys);
    CPPUNIT_TEST(anotherNodeHasTheSameKeys);
    CPPUNIT_TEST(keysThatDecryptDoNothingElse);
    CPPUNIT_TEST(manyThreadsMayAsk);
    CPPUNIT_TEST(knownKeysSignWhileTheBackendIsAway);
    CPPUNIT_TEST(aBackendThatIsAwayIsNoAnswer);
    CPPUNIT_TEST(aSlowBackendIsGivenUpInTime);
    CPPUNIT_TEST(stoppingTwiceIsHarmless);
    CPPUNIT_TEST_SUITE_END();

public:
    void itsAlgorithmsHaveNames() {
        std::set<std::string_view> different;
        CPPUNIT_ASSERT_MESSAGE("no algorithm at all", !plugin_->algorithms().empty());
        for (const auto name : plugin_->algorithms()) {
            CPPUNIT_ASSERT_MESSAGE("an algorithm is there twice", different.insert(name).second);
            CPPUNIT_ASSERT_MESSAGE(std::string(name) + " has no key pairs",
                                   !name.empty() && name != "none" && name.substr(0, 2) != "HS");
        }
    }

    void theFirstKeysAreThereAtOnce() {
        for (const auto algorithm : plugin_->algorithms()) {
            CPPUNIT_ASSERT_EQUAL_MESSAGE(std::string(algorithm), std::size_t{1},
                                         of(algorithm, KeyState::active).size());
        }
        assertSound(keys());
    }

    /// RFC 7518 section 6, RFC 8037 section 2.
    void onlyPublicMembersArePublished() {
        for (const auto& key : keys()) {
            for (const char* name : {"d", "p", "q", "dp", "dq", "qi", "oth", "k"}) {
                CPPUNIT_ASSERT_MESSAGE(name, !key.jwk.contains(name));
            }
            CPPUNIT_ASSERT_EQUAL(key.id, std::string(key.jwk.text("kid")));
            CPPUNIT_ASSERT_EQUAL(key.algorithm, std::string(key.jwk.text("alg")));
            CPPUNIT_ASSERT_EQUAL(std::string("sig"), std::string(key.jwk.text("use")));
        }
    }

    void signaturesHold() {
        for (const auto& key : keys()) {
            const auto signature = sign(key, "input");
            CPPUNIT_ASSERT_MESSAGE(key.algorithm, Bed::verifies(key, "input", signature));
            CPPUNIT_ASSERT_MESSAGE(key.algorithm, !Bed::verifies(key, "another", signature));
        }
    }

    void oddInputsAreSigned() {
        auto inputs = oddTexts();
        inputs.emplace_back();
        const auto key = keys().front();
        for (const auto& odd : inputs) {
            CPPUNIT_ASSERT(Bed::verifies(key, odd, sign(key, odd)));
        }
    }

    void aKeyThatIsNotThereSignsNothing() {
        auto names = oddTexts();
        names.emplace_back();
        names.push_back(keys().front().id + std::string(1, '\0'));
        for (const auto& odd : names) {
            CPPUNIT_ASSERT(!plugin_->sign(context_, odd, "input"));
        }
    }

    void aNewKeyIsPublishedBeforeItSigns() {
        const auto before = keys();
        rotate();
        assertSound(keys());
        CPPUNIT_ASSERT_MESSAGE("a key went away", without(before, keys()).empty());
        for (const auto algorithm : plugin_->algorithms()) {
            const auto pending = of(algorithm, KeyState::pending);
            CPPUNIT_ASSERT_EQUAL(std::size_t{1}, pending.size());
            CPPUNIT_ASSERT(pending[0].changes > now() && pending[0].changes != never);
            CPPUNIT_ASSERT_EQUAL(std::size_t{1}, of(algorithm, KeyState::active).size());
        }
        const auto again = plugin_->rotate(context_);
        CPPUNIT_ASSERT_MESSAGE("all have a pending key, and another was made", !again);
        CPPUNIT_ASSERT(again.error().fault == Fault::badInput && !again.error().detail.empty());
    }

    void aKeyThatIsReplacedStaysAsLongAsItSays() {
        const auto before = keys();
        rotate();
        const auto made = without(keys(), before);
        letPass(made.front().changes - now());
        for (const auto& key : keys()) {
            const bool isNew = without({key}, made).empty();
            CPPUNIT_ASSERT(key.state == (isNew ? KeyState::active : KeyState::retiring));
            CPPUNIT_ASSERT(Bed::verifies(key, "input", sign(key, "input")));
        }
        CPPUNIT_ASSERT(without(before, keys()).empty());
        if (plugin_->keepsFor() == milliseconds::max()) {
            return;
        }
        letPass(plugin_->keepsFor() - milliseconds{1});
        CPPUNIT_ASSERT_MESSAGE("a key went too early", without(before, keys()).empty());
        letPass(milliseconds{1});
        CPPUNIT_ASSERT_MESSAGE("a key stays", without(before, keys()).size() == before.size());
    }

    void theVersionTellsOfChanges() {
        (void)keys();
        const auto first = plugin_->version(context_);
        CPPUNIT_ASSERT_EQUAL(first, plugin_->version(context_));
        if (first != 0) {
            rotate();
            const auto second = plugin_->version(context_);
            CPPUNIT_ASSERT(second != 0 && second != first);
            letPass(of(plugin_->algorithms().front(), KeyState::pending).at(0).changes - now());
            const auto third = plugin_->version(context_);
            CPPUNIT_ASSERT(third != 0 && third != first && third != second);
        }
    }

    void issuersHaveTheirOwnKeys() {
        const auto ours = keys();
        const auto theirs = keys(elsewhere_);
        CPPUNIT_ASSERT_EQUAL(ours.size(), without(ours, theirs).size());
        CPPUNIT_ASSERT_MESSAGE("an issuer signs with another's key",
                               !plugin_->sign(elsewhere_, ours.front().id, "input"));
    }

    void anotherNodeHasTheSameKeys() {
        const auto ours = keys();
        const std::unique_ptr<KeyStore> node = bed_->make();
        const auto theirs = node->publicKeys(context_);
        CPPUNIT_ASSERT(theirs && same(ours, signing(*theirs)));
        rotate();
        CPPUNIT_ASSERT(node->refresh(context_));
        CPPUNIT_ASSERT(same(keys(), signing(*node->publicKeys(context_))));
        const auto signature = node->sign(context_, ours.front().id, "input");
        CPPUNIT_ASSERT(signature && Bed::verifies(ours.front(), "input", *signature));
        node->stop();
    }

    /// Of a store that is a KeyDecrypter.
    void keysThatDecryptDoNothingElse() {
        auto* decrypter = capabilityOf<KeyDecrypter>(*plugin_);
        if (decrypter == nullptr) {
            return;
        }
        for (const auto algorithm : decrypter->decryptionAlgorithms()) {
            const auto active = of(*plugin_->publicKeys(context_), algorithm, KeyState::active);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(std::string(algorithm), std::size_t{1}, active.size());
            CPPUNIT_ASSERT(active[0].jwk.text("use") == "enc" && !active[0].jwk.contains("d"));
            CPPUNIT_ASSERT(!plugin_->sign(context_, active[0].id, "input"));
            CPPUNIT_ASSERT(!decrypter->decrypt(context_, keys().front().id, "input"));
            for (const auto& odd : oddTexts()) {
                const auto opened = decrypter->decrypt(context_, active[0].id, odd);
                CPPUNIT_ASSERT_MESSAGE("it opens what is not made for it", opened && !*opened);
                CPPUNIT_ASSERT(!decrypter->decrypt(context_, odd, "input"));
            }
        }
    }

    /// At first all ask for keys that are not there; some may be told to come again.
    void manyThreadsMayAsk() {
        together(8, [this](int) { (void)hasOrIsAway(context_); });
        const auto known = keys();
        together(4, [&](int number) {
            for (int turn = 0; turn < 25; ++turn) {
                CPPUNIT_ASSERT(without(known, keys()).empty());
                const auto& key = known[static_cast<std::size_t>(turn) % known.size()];
                CPPUNIT_ASSERT(Bed::verifies(key, "input", sign(key, "input")));
                (void)plugin_->version(context_);
                if (number == 0 && turn == 10) {
                    rotate();
                }
                if (number == 1) {
                    CPPUNIT_ASSERT(plugin_->refresh(context_));
                }
            }
        });
    }

    void knownKeysSignWhileTheBackendIsAway() {
        if constexpr (canBeAway<Bed>) {
            const auto known = keys();
            bed_->kill();
            CPPUNIT_ASSERT(same(known, keys()));
            CPPUNIT_ASSERT(Bed::verifies(known.front(), "input", sign(known.front(), "input")));
            for (const auto& status : {plugin_->refresh(context_), plugin_->rotate(context_)}) {
                CPPUNIT_ASSERT(status || !Base::isAway(status.error()));
            }
            bed_->revive();
            CPPUNIT_ASSERT(plugin_->refresh(context_));
            rotate();
        }
    }

    void aBackendThatIsAwayIsNoAnswer() {
        Base::saysThatItIsAway([this](const Context& context) { return makesOrIsAway(context); });
    }

    void aSlowBackendIsGivenUpInTime() {
        Base::answersInTime([this](const Context& context) { return makesOrIsAway(context); });
    }

private:
    using Keys = std::vector<PublicKey>;

    TimePoint now() { return bed_->host.fakeClock.now(); }
    void letPass(milliseconds time) {
        bed_->host.fakeClock.advance(time);
        const auto status = plugin_->refresh(context_);
        CPPUNIT_ASSERT_MESSAGE(status ? "" : status.error().detail, bool(status));
    }
    Keys keys(const Context& context) {
        auto keys = plugin_->publicKeys(context);
        CPPUNIT_ASSERT_MESSAGE(keys ? "" : keys.error().detail, bool(keys));
        CPPUNIT_ASSERT(!keys->empty());
        return signing(*std::move(keys));
    }
    static Keys signing(Keys keys) {
        keys.erase(std::remove_if(keys.begin(), keys.end(),
                                  [](const auto& key) { return key.jwk.text("use") == "enc"; }),
                   keys.end());
        return keys;
    }
    Keys keys() { return keys(context_); }
    Keys of(std::string_view algorithm, KeyState state) { return of(keys(), algorithm, state); }
    static Keys of(const Keys& keys, std::string_view algorithm, KeyState state) {
        Keys found;
        for (const auto& key : keys) {
            if (key.algorithm == algorithm && key.state == state) {
                found.push_back(key);
            }
        }
        return found;
    }
    std::string sign(const PublicKey& key, std::string_view input) {
        const auto signature = plugin_->sign(context_, key.id, input);
        CPPUNIT_ASSERT_MESSAGE(signature ? "" : signature.error().detail, bool(signature));
        return *signature;
    }
    void rotate() {
        const auto rotated = plugin_->rotate(context_);
        CPPUNIT_ASSERT_MESSAGE(rotated ? "" : rotated.error().detail, bool(rotated));
    }
    bool hasOrIsAway(const Context& context) {
        const auto keys = plugin_->publicKeys(context);
        if (!keys) {
            return Base::isAway(keys.error());
        }
        CPPUNIT_ASSERT_MESSAGE("a backend that is away is no empty key set", !keys->empty());
        const auto signature = plugin_->sign(context, signing(*keys).front().id, "input");
        return signature || Base::isAway(signature.error());
    }

    /// Keys of another issuer each time, as those that are known need no backend.
    bool makesOrIsAway(const Context& context) {
        FakeContext fresh(elsewhere_);
        fresh.issuer.id = ++lastIssuer_;
        fresh.deadline = context.deadline;
        return hasOrIsAway(fresh);
    }

    /// Those that are not among the others.
    static Keys without(const Keys& keys, const Keys& others) {
        Keys left;
        std::copy_if(keys.begin(), keys.end(), std::back_inserter(left), [&](const auto& key) {
            return std::none_of(others.begin(), others.end(),
                                [&](const auto& other) { return key.id == other.id; });
        });
        return left;
    }
    static bool same(const Keys& left, const Keys& right) {
        return left.size() == right.size() && without(left, right).empty();
    }
    static void assertSound(const Keys& keys) {
        std::set<std::string> ids;
        for (const auto& key : keys) {
            CPPUNIT_ASSERT_MESSAGE("a key is there twice", ids.insert(key.id).second);
        }
        CPPUNIT_ASSERT_MESSAGE(
            "the newest is not the first",
            std::is_sorted(keys.begin(), keys.end(), [](const auto& left, const auto& right) {
                return left.created > right.created;
            }));
    }

    FakeContext elsewhere_{2, "https://other.example.org"};
    IssuerId lastIssuer_ = 2;
};

}  // namespace gatehouse::testkit
