// SPDX-License-Identifier: Apache-2.0
#include "client/ClientDirectory.h"

#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/FakeHost.h>

#include "client/ClientMetadata.h"
#include "client/ClientRules.h"

#include <cppunit/extensions/HelperMacros.h>

#include <utility>

namespace gatehouse {

class ClientDirectoryTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ClientDirectoryTest);
    CPPUNIT_TEST(aClientIsKeptUntilAChangeIsAnnounced);
    CPPUNIT_TEST(aNodeThatHearsOfNoChangesAsksTheStorage);
    CPPUNIT_TEST(afterAMinuteTheStorageIsAskedAgain);
    CPPUNIT_TEST(aReadingThatFindsItGoneCorrectsWhatIsKept);
    CPPUNIT_TEST(aReadingThatFindsItDisabledCorrectsWhatIsKept);
    CPPUNIT_TEST(whenChangesMayHavePassedUnheardNothingIsBelieved);
    CPPUNIT_TEST(aClientFromAFileNeedsNoStorage);
    CPPUNIT_TEST(oneWithAMemberThatNobodyUnderstandsIsNotServed);
    CPPUNIT_TEST(oneThatIsNotServedIsReadOnceAndServedAgainAfterAChange);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override { store("site"); }

    void aClientIsKeptUntilAChangeIsAnnounced() {
        CPPUNIT_ASSERT(isKnown("site"));
        remove("site");
        CPPUNIT_ASSERT(isKnown("site"));
        directory_.forget(context_.issuer.id, "site");
        CPPUNIT_ASSERT(!isKnown("site"));
    }

    void aNodeThatHearsOfNoChangesAsksTheStorage() {
        CPPUNIT_ASSERT(isKnown("site"));
        remove("site");
        hearsOfChanges_ = false;
        CPPUNIT_ASSERT(!isKnown("site"));
    }

    void afterAMinuteTheStorageIsAskedAgain() {
        CPPUNIT_ASSERT(isKnown("site"));
        remove("site");
        host_.fakeClock.advance(seconds{59});
        CPPUNIT_ASSERT(isKnown("site"));
        host_.fakeClock.advance(seconds{1});
        CPPUNIT_ASSERT(!isKnown("site"));
    }

    void aReadingThatFindsItGoneCorrectsWhatIsKept() {
        CPPUNIT_ASSERT(isKnown("site"));
        remove("site");
        hearsOfChanges_ = false;
        CPPUNIT_ASSERT(!isKnown("site"));
        hearsOfChanges_ = true;
        CPPUNIT_ASSERT(!isKnown("site"));
    }

    void aReadingThatFindsItDisabledCorrectsWhatIsKept() {
        CPPUNIT_ASSERT(isKnown("site"));
        store("site", true);
        hearsOfChanges_ = false;
        CPPUNIT_ASSERT(!isKnown("site"));
        hearsOfChanges_ = true;
        CPPUNIT_ASSERT(!isKnown("site"));
    }

    void whenChangesMayHavePassedUnheardNothingIsBelieved() {
        CPPUNIT_ASSERT(isKnown("site"));
        remove("site");
        directory_.forgetAll();
        CPPUNIT_ASSERT(!isKnown("site"));
    }

    void aClientFromAFileNeedsNoStorage() {
        hearsOfChanges_ = false;
        CPPUNIT_ASSERT(isKnown("from-file"));
    }

    /// It may have been promised encryption.
    void oneWithAMemberThatNobodyUnderstandsIsNotServed() {
        store("secretive", false, {{"client_name#de", "Geheim"}, {"jwks", ValueMap()}});
        CPPUNIT_ASSERT(isKnown("secretive"));
        store("secretive", false, {{"answers_encrypted", "always"}});
        directory_.forget(context_.issuer.id, "secretive");
        CPPUNIT_ASSERT(!isKnown("secretive"));
        CPPUNIT_ASSERT(host_.fakeLog.says("answers_encrypted"));
    }

    void oneThatIsNotServedIsReadOnceAndServedAgainAfterAChange() {
        store("secretive", false, {{"answers_encrypted", "always"}});
        CPPUNIT_ASSERT(!isKnown("secretive"));
        host_.fakeRecords.fail(Error::unavailable("asked again"));
        CPPUNIT_ASSERT(!isKnown("secretive"));
        host_.fakeRecords.fail(std::nullopt);
        store("secretive");
        directory_.forget(context_.issuer.id, "secretive");
        CPPUNIT_ASSERT(isKnown("secretive"));
    }

private:
    static Client fromFile() {
        Client client;
        client.id = "from-file";
        return client;
    }
    bool isKnown(const char* id) {
        const auto found = directory_.find(context_, id);
        CPPUNIT_ASSERT_MESSAGE(found ? "" : found.error().detail, bool(found));
        return *found != nullptr;
    }
    void store(const char* id, bool isDisabled = false, ValueMap metadata = {}) {
        Client client;
        client.id = id;
        client.isDisabled = isDisabled;
        client.metadata = std::move(metadata);
        client.authMethod = "client_secret_basic";
        client.grantTypes = {"client_credentials"};
        Batch batch;
        Record record;
        record.kind = "client";
        record.key = id;
        record.payload = clientPayload(client);
        batch.puts.push_back(std::move(record));
        CPPUNIT_ASSERT(bool(host_.records().apply(context_, std::move(batch))));
    }
    void remove(const char* id) {
        Batch batch;
        batch.erases.push_back({"client", id});
        CPPUNIT_ASSERT(bool(host_.records().apply(context_, std::move(batch))));
    }

    testkit::FakeHost host_;
    testkit::FakeContext fakeContext_;
    Context context_ = fakeContext_;
    bool hearsOfChanges_ = true;
    ClientRules rules_;
    ClientDirectory directory_{host_, rules_, [this] { return hearsOfChanges_; },
                               [](IssuerId) {
                                   return std::make_shared<const std::vector<Client>>(
                                       std::vector<Client>{fromFile()});
                               }};
};

CPPUNIT_TEST_SUITE_REGISTRATION(ClientDirectoryTest);

}  // namespace gatehouse
