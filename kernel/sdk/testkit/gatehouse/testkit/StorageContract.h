// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/testkit/StorageAwayCases.h>
#include <gatehouse/testkit/StorageBatchCases.h>
#include <gatehouse/testkit/StorageListCases.h>
#include <gatehouse/testkit/StorageRaceCases.h>
#include <gatehouse/testkit/StorageRecordCases.h>

#include <cppunit/TestSuite.h>

namespace gatehouse::testkit {

/// What every Storage promises, run against the storages of a bed:
///
///     struct AcmeBed {                        // made anew for each case
///         /// Does it keep things over stop() and start()?
///         static constexpr bool survivesReopen = true;
///         /// The clock its storages see.
///         FakeClock& clock();
///         /// An empty one, configured and started.
///         std::unique_ptr<Storage> make();
///         /// Stops it, opens the same data.
///         std::unique_ptr<Storage> reopen(std::unique_ptr<Storage> old);
///         /// Where it has a server: that goes away, and comes back.
///         void kill();
///         void revive();
///     };
///     CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::testkit::StorageContract<AcmeBed>);
template <class Bed> class StorageContract {
public:
    static CppUnit::TestSuite* suite() {
        auto* cases = new CppUnit::TestSuite("StorageContract");
        cases->addTest(StorageRecordCases<Bed>::suite());
        cases->addTest(StorageBatchCases<Bed>::suite());
        cases->addTest(StorageListCases<Bed>::suite());
        cases->addTest(StorageRaceCases<Bed>::suite());
        cases->addTest(StorageAwayCases<Bed>::suite());
        return cases;
    }
};

}  // namespace gatehouse::testkit
