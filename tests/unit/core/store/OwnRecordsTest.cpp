// SPDX-License-Identifier: Apache-2.0
#include "store/OwnRecords.h"

#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/FakeHost.h>

#include <cppunit/extensions/HelperMacros.h>

#include <string>

namespace gatehouse {

/// What plugin instances can reach of each other's and of the kernel's records.
class OwnRecordsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(OwnRecordsTest);
    CPPUNIT_TEST(instancesDoNotSeeEachOthersRecords);
    CPPUNIT_TEST(aPluginNeitherReadsNorChangesTheKernelsRecords);
    CPPUNIT_TEST(aKindComesBackAsItWasAskedFor);
    CPPUNIT_TEST(whoKeepsThePlainNamesOfAPointHasThem);
    CPPUNIT_TEST(whoKeepsThoseOfOnePointHasNoneOfAnother);
    CPPUNIT_TEST(anInstanceNamedLikeAKeeperHasNothing);
    CPPUNIT_TEST(whoAuthenticatesClientsIsLentTheirSecrets);
    CPPUNIT_TEST(aPluginAnnouncesNothingForTheKernel);
    CPPUNIT_TEST(familiesAreTheKernels);
    CPPUNIT_TEST(marksAndCountersAreKeptApart);
    CPPUNIT_TEST_SUITE_END();

    testkit::FakeHost host_;
    testkit::FakeContext context_;
    OwnRecords kernel_{host_.fakeRecords, {"core", "core"}};
    OwnRecords totp_{host_.fakeRecords, {"login_step.totp", "totp"}};
    OwnRecords second_{host_.fakeRecords, {"login_step.totp", "second"}};
    OwnRecords local_{host_.fakeRecords, keeper("user_store.local", "staff")};

    static InstanceNames keeper(std::string_view use, std::string_view instance) {
        InstanceNames names(use, instance);
        names.keepPlainNames();
        return names;
    }
    static Batch putting(const std::string& kind, const std::string& payload) {
        Batch batch;
        Record record;
        record.kind = kind;
        record.key = "k";
        record.payload = payload;
        batch.puts.push_back(record);
        return batch;
    }
    void put(Records& records, const std::string& kind, const std::string& payload) {
        CPPUNIT_ASSERT(records.apply(context_, putting(kind, payload))->applied());
    }
    std::string read(Records& records, const std::string& kind) {
        const auto found = records.find(context_, kind, "k");
        return *found ? (*found)->payload : "none";
    }

public:
    void instancesDoNotSeeEachOthersRecords() {
        put(totp_, "enrolment", "first");
        CPPUNIT_ASSERT_EQUAL(std::string("none"), read(second_, "enrolment"));
        put(second_, "enrolment", "second");
        CPPUNIT_ASSERT_EQUAL(std::string("first"), read(totp_, "enrolment"));
    }

    void aPluginNeitherReadsNorChangesTheKernelsRecords() {
        for (const char* kind : {"client", "key", "session", "user", "family", "replay"}) {
            put(kernel_, kind, "ours");
            CPPUNIT_ASSERT_EQUAL(std::string("none"), read(totp_, kind));
            put(totp_, kind, "theirs");
            Batch erasing;
            erasing.erases.push_back({kind, "k"});
            CPPUNIT_ASSERT(totp_.apply(context_, erasing)->applied());
            CPPUNIT_ASSERT_EQUAL(std::string("ours"), read(kernel_, kind));
            CPPUNIT_ASSERT(totp_.list(context_, kind, {}, "", 10)->records.empty());
        }
    }

    void aKindComesBackAsItWasAskedFor() {
        put(totp_, "enrolment", "x");
        CPPUNIT_ASSERT_EQUAL(std::string("enrolment"),
                             (*totp_.find(context_, "enrolment", "k"))->kind);
        CPPUNIT_ASSERT_EQUAL(std::string("enrolment"),
                             totp_.list(context_, "enrolment", {}, "", 10)->records.front().kind);
        Batch batch;
        batch.expects.push_back({"enrolment", "k", Expect::State::absent});
        CPPUNIT_ASSERT_EQUAL(std::string("enrolment"), totp_.apply(context_, batch)->found->kind);
    }

    void whoKeepsThePlainNamesOfAPointHasThem() {
        put(kernel_, "user", "as an earlier version kept it");
        CPPUNIT_ASSERT_EQUAL(std::string("as an earlier version kept it"), read(local_, "user"));
        CPPUNIT_ASSERT_EQUAL(std::string("none"), read(local_, "client"));
        const InstanceNames keys = keeper("key_store.local", "local");
        CPPUNIT_ASSERT_EQUAL(std::string("signing_key"), keys.labelIn("signing_key"));
        CPPUNIT_ASSERT_EQUAL(std::string("key"), keys.kindIn("key"));
        const InstanceNames hsm("key_store.hsm", "hsm");
        CPPUNIT_ASSERT_EQUAL(std::string("key_store.hsm/signing_key"), hsm.labelIn("signing_key"));
        CPPUNIT_ASSERT_EQUAL(std::string("key_store.hsm/key"), hsm.kindIn("key"));
    }

    void whoKeepsThoseOfOnePointHasNoneOfAnother() {
        for (const char* point : {"user_store", "login_step", "token_format", "client_auth",
                                  "grant", "event_sink", "metrics", "module", "storage"}) {
            const InstanceNames names = keeper(std::string(point) + ".strange", "strange");
            const auto prefix = std::string(point) + ".strange/";
            CPPUNIT_ASSERT_EQUAL(prefix + "key", names.kindIn("key"));
            CPPUNIT_ASSERT_EQUAL(prefix + "signing_key", names.labelIn("signing_key"));
            CPPUNIT_ASSERT_EQUAL(prefix + "session", names.kindIn("session"));
        }
    }

    void anInstanceNamedLikeAKeeperHasNothing() {
        OwnRecords strange(host_.fakeRecords, {"user_store.strange", "local"});
        put(local_, "user", "ours");
        CPPUNIT_ASSERT_EQUAL(std::string("none"), read(strange, "user"));
    }

    void whoAuthenticatesClientsIsLentTheirSecrets() {
        const auto label = [](const char* use) {
            return InstanceNames(use, "x").labelIn("client_secret");
        };
        CPPUNIT_ASSERT_EQUAL(std::string("client_secret"), label("client_auth.x"));
        CPPUNIT_ASSERT_EQUAL(std::string("grant.x/client_secret"), label("grant.x"));
    }

    void aPluginAnnouncesNothingForTheKernel() {
        Batch batch;
        batch.notices.push_back({"revocation", "family", 1, never});
        CPPUNIT_ASSERT(totp_.apply(context_, batch)->applied());
        CPPUNIT_ASSERT_EQUAL(std::string("login_step.totp/revocation"),
                             host_.fakeRecords.notices().front().topic);
    }

    void familiesAreTheKernels() {
        Batch batch;
        batch.eraseFamilies.push_back("f");
        CPPUNIT_ASSERT(!totp_.apply(context_, batch));
        CPPUNIT_ASSERT(kernel_.apply(context_, batch)->applied());
    }

    void marksAndCountersAreKeptApart() {
        const auto until = host_.fakeClock.now() + seconds{60};
        CPPUNIT_ASSERT(*kernel_.once(context_, "replay", "jti", until, TimePoint::min()));
        CPPUNIT_ASSERT(*totp_.once(context_, "replay", "jti", until, TimePoint::min()));
        CPPUNIT_ASSERT(!*totp_.once(context_, "replay", "jti", until, TimePoint::min()));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, *kernel_.count(context_, "c", seconds{60}));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, *totp_.count(context_, "c", seconds{60}));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(OwnRecordsTest);

}  // namespace gatehouse
