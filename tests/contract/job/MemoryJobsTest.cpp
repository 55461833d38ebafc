// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/FakeHost.h>

#include "JobContract.h"
#include "MemoryStorage.h"

namespace gatehouse {
namespace {

struct MemoryBed {
    testkit::FakeClock& clock() { return host.fakeClock; }
    std::unique_ptr<Storage> make() {
        auto storage = std::make_unique<MemoryStorage>();
        CPPUNIT_ASSERT(bool(storage->configure(testkit::FakeConfig{}, host)));
        CPPUNIT_ASSERT(bool(storage->start()));
        return storage;
    }
    std::unique_ptr<Storage> reopen(std::unique_ptr<Storage> old) { return old; }

    testkit::FakeHost host;
};

}  // namespace
}  // namespace gatehouse

CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::JobContract<gatehouse::MemoryBed>);
