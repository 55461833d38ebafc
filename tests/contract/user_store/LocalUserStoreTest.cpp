// SPDX-License-Identifier: Apache-2.0
#include "LocalUserStore.h"

#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/HostBed.h>
#include <gatehouse/testkit/UserStoreContract.h>

namespace gatehouse {
namespace {

struct LocalBed : testkit::HostBed {
    void addUser(const User& user, std::string_view password) {
        const auto store = make();
        const auto added = store->editor()->add(testkit::FakeContext{}, user, Secret(password));
        CPPUNIT_ASSERT_MESSAGE(added ? "" : added.error().detail, bool(added));
        store->stop();
    }
    std::unique_ptr<UserStore> make() {
        const testkit::FakeConfig cheap(
            fieldsOf<LocalUserStore>(),
            {{"memory_kib", 8192}, {"iterations", 1}, {"threads", 2}, {"queue", 100}});
        auto store = std::make_unique<LocalUserStore>();
        CPPUNIT_ASSERT(bool(store->configure(cheap, host)));
        CPPUNIT_ASSERT(bool(store->start()));
        return store;
    }
};

}  // namespace
}  // namespace gatehouse

CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::testkit::UserStoreContract<gatehouse::LocalBed>);
