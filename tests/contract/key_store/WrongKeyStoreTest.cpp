// SPDX-License-Identifier: Apache-2.0
#include "WrongKeyStore.h"

#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/HostBed.h>
#include <gatehouse/testkit/KeyStoreContract.h>

#include "../ContractFinds.h"

namespace gatehouse {

namespace {

template <Bug bug> struct WrongBed : testkit::HostBed {
    std::unique_ptr<KeyStore> make() {
        auto store = std::make_unique<WrongKeyStore<bug>>(rings);
        CPPUNIT_ASSERT(store->configure(testkit::FakeConfig{}, host));
        return store;
    }
    static bool verifies(const PublicKey& key, std::string_view input, std::string_view signature) {
        return signature == key.id + ":" + std::string(input);
    }

    std::shared_ptr<FakeRings> rings = std::make_shared<FakeRings>();
};

template <Bug bug> using Contract = testkit::KeyStoreContract<WrongBed<bug>>;

}  // namespace

/// The contract suite finds what it is there to find, and nothing else.
class WrongKeyStoreTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(WrongKeyStoreTest);
    CPPUNIT_TEST(aRightStorePasses);
    CPPUNIT_TEST(wrongKeysAreFound);
    CPPUNIT_TEST(wrongLivesAreFound);
    CPPUNIT_TEST(whoMistakesABackendIsFound);
    CPPUNIT_TEST_SUITE_END();

public:
    void aRightStorePasses() { contractFinds<Contract<Bug::none>>(""); }

    void wrongKeysAreFound() {
        contractFinds<Contract<Bug::hasSharedSecrets>>("itsAlgorithmsHaveNames ");
        contractFinds<Contract<Bug::publishesPrivateMembers>>("onlyPublicMembersArePublished ");
        contractFinds<Contract<Bug::signsNothingOfTheInput>>("oddInputsAreSigned ");
        contractFinds<Contract<Bug::cutsAtNul>>("oddInputsAreSigned ");
        contractFinds<Contract<Bug::signsForAnyId>>(
            "aKeyThatIsNotThereSignsNothing aKeyThatIsReplacedStaysAsLongAsItSays "
            "issuersHaveTheirOwnKeys anotherNodeHasTheSameKeys manyThreadsMayAsk ");
        contractFinds<Contract<Bug::hasOneRing>>("issuersHaveTheirOwnKeys ");
        contractFinds<Contract<Bug::isAlone>>("anotherNodeHasTheSameKeys ");
    }

    void wrongLivesAreFound() {
        contractFinds<Contract<Bug::hasNoFirstKeys>>(
            "theFirstKeysAreThereAtOnce aNewKeyIsPublishedBeforeItSigns "
            "aKeyThatIsReplacedStaysAsLongAsItSays theVersionTellsOfChanges "
            "anotherNodeHasTheSameKeys manyThreadsMayAsk knownKeysSignWhileTheBackendIsAway ");
        contractFinds<Contract<Bug::signsAtOnce>>(
            "aNewKeyIsPublishedBeforeItSigns aKeyThatIsReplacedStaysAsLongAsItSays "
            "theVersionTellsOfChanges ");
        contractFinds<Contract<Bug::dropsTheOld>>("aKeyThatIsReplacedStaysAsLongAsItSays ");
        contractFinds<Contract<Bug::keepsTheOld>>("aKeyThatIsReplacedStaysAsLongAsItSays ");
        contractFinds<Contract<Bug::versionStays>>("theVersionTellsOfChanges ");
    }

    void whoMistakesABackendIsFound() {
        const std::string away = "aBackendThatIsAwayIsNoAnswer ";
        const std::string slow = "aSlowBackendIsGivenUpInTime ";
        contractFinds<Contract<Bug::asksEachTime>>("knownKeysSignWhileTheBackendIsAway ");
        contractFinds<Contract<Bug::awayIsEmpty>>(away + slow);
        contractFinds<Contract<Bug::isPatient>>(slow);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(WrongKeyStoreTest);

}  // namespace gatehouse
