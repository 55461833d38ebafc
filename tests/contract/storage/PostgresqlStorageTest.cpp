// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/StorageContract.h>

#include "PostgresqlBed.h"
#include "TcpProxy.h"

namespace gatehouse {

namespace {

/// Whose server can be cut off.
struct FarPostgresqlBed : PostgresqlBed {
    std::unique_ptr<Storage> make() { return PostgresqlBed::make(server.urlThrough(proxy.port())); }
    void kill() {
        proxy.set(TcpProxy::Mode::refuses);
        proxy.cut();
    }
    void revive() { proxy.set(TcpProxy::Mode::passes); }

    TcpProxy proxy{server.port()};
};

}  // namespace

}  // namespace gatehouse

CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::testkit::StorageAwayCases<gatehouse::FarPostgresqlBed>);
CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::testkit::StorageContract<gatehouse::PostgresqlBed>);
