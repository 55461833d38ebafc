// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/StorageContract.h>

#include "RedisBed.h"
#include "TcpProxy.h"

namespace gatehouse {

namespace {

/// Whose server can be cut off.
struct FarRedisBed : RedisBed {
    std::unique_ptr<Storage> make() {
        return start("redis://127.0.0.1:" + std::to_string(proxy.port()));
    }
    void kill() {
        proxy.set(TcpProxy::Mode::refuses);
        proxy.cut();
    }
    void revive() { proxy.set(TcpProxy::Mode::passes); }

    TcpProxy proxy{server().port()};
};

}  // namespace

}  // namespace gatehouse

CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::testkit::StorageAwayCases<gatehouse::FarRedisBed>);
CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::testkit::StorageContract<gatehouse::RedisBed>);
