// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/FakeContext.h>

#include "../../../contract/storage/SqliteBed.h"
#include "client/ClientMetadata.h"
#include "client/ClientRecord.h"
#include "store/Janitor.h"

#include <cppunit/extensions/HelperMacros.h>

#include <iostream>

namespace gatehouse {

/// Clients that registered themselves and were never used, many of them.
class UnusedClientsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(UnusedClientsTest);
    CPPUNIT_TEST(manyVanishInBoundedSteps);
    CPPUNIT_TEST_SUITE_END();

    static constexpr std::size_t unused = 20 * Janitor::stepSize;
    static constexpr std::size_t used = 10;

    SqliteBed bed_;
    testkit::FakeContext context_;

    Client client(const std::string& id, TimePoint unusedUntil) {
        auto made = clientFromMetadata(
            {{"client_id", id}, {"redirect_uris", ValueList{"https://new.example/cb"}}});
        made->unusedUntil = unusedUntil;
        return *std::move(made);
    }

    void put(Storage& storage, std::size_t first, std::size_t end, TimePoint unusedUntil) {
        Batch all;
        for (std::size_t i = first; i < end; ++i) {
            auto batch =
                putClient(context_, bed_.clock(), client("c" + std::to_string(i), unusedUntil),
                          Expect::State::absent);
            all.puts.push_back(std::move(batch.puts.front()));
        }
        CPPUNIT_ASSERT(storage.apply(context_, {all}));
    }

    /// As far as the used ones and one more.
    std::size_t left(Storage& storage) {
        return storage.maintenance()->everything({}, used + 1)->size();
    }

public:
    void manyVanishInBoundedSteps() {
        const auto storage = bed_.make();
        const TimePoint end = bed_.clock().now() + seconds{3600};
        constexpr std::size_t chunk = 1000;
        for (std::size_t first = 0; first < unused; first += chunk) {
            put(*storage, first, first + chunk, end);
        }
        put(*storage, unused, unused + used, never);
        bed_.clock().advance(seconds{3600} + Janitor::grace + seconds{1});
        CPPUNIT_ASSERT(!*storage->find(context_, "client", "c7"));

        Janitor janitor(bed_.clock(), bed_.host.log());
        janitor.add(*storage);
        std::size_t steps = 0;
        for (; left(*storage) > used; ++steps) {
            janitor.step();
        }
        CPPUNIT_ASSERT_EQUAL(unused / Janitor::stepSize, steps);
        CPPUNIT_ASSERT(*storage->find(context_, "client", "c" + std::to_string(unused)));
        std::cout << unused << " unused clients vanished in " << steps << " steps, at most "
                  << Janitor::stepSize << " each\n";
        storage->stop();
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(UnusedClientsTest);

}  // namespace gatehouse
