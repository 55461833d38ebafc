// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/FakeHost.h>

#include "SqliteStorage.h"

#include <cppunit/TestAssert.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

namespace gatehouse {

/// A folder of its own with one database in it.
struct SqliteBed {
    static constexpr bool survivesReopen = true;

    SqliteBed() {
        std::string pattern = (std::filesystem::temp_directory_path() / "sqlite.XXXXXX").string();
        CPPUNIT_ASSERT(::mkdtemp(pattern.data()) != nullptr);
        folder = pattern;
        path = folder + "/gatehouse.db";
    }
    SqliteBed(const SqliteBed&) = delete;
    SqliteBed& operator=(const SqliteBed&) = delete;
    ~SqliteBed() { std::filesystem::remove_all(folder); }

    testkit::FakeClock& clock() { return host.fakeClock; }
    std::unique_ptr<SqliteStorage> unstarted() {
        auto storage = std::make_unique<SqliteStorage>();
        const testkit::FakeConfig config(fieldsOf<SqliteStorage>(), {{"path", path}});
        CPPUNIT_ASSERT(bool(storage->configure(config, host)));
        return storage;
    }
    std::unique_ptr<Storage> make() {
        auto storage = unstarted();
        const Status started = storage->start();
        CPPUNIT_ASSERT_MESSAGE(started ? "" : started.error().detail, bool(started));
        return storage;
    }
    std::unique_ptr<Storage> reopen(std::unique_ptr<Storage> old) {
        old->stop();
        old.reset();
        return make();
    }

    testkit::FakeHost host;
    std::string folder;
    std::string path;
};

}  // namespace gatehouse
