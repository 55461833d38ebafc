// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/FakeHost.h>

#include "SqliteStorage.h"

#include <unistd.h>

#include <string>
#include <thread>
#include <vector>

// Writes records from four threads until it is killed, and prints the key of each once it is
// acknowledged.
//   storage_writer <database> <key prefix>

namespace gatehouse {
namespace {

void writeForever(Storage& storage, const std::string& prefix) {
    const testkit::FakeContext context;
    for (int number = 0;; ++number) {
        const std::string key = prefix + "." + std::to_string(number);
        Batch batch;
        Record record;
        record.kind = "session";
        record.key = key;
        record.payload = key;
        batch.puts.push_back(record);
        const auto outcomes = storage.apply(context, {batch});
        if (!outcomes || !outcomes->front().applied()) {
            ::_exit(1);
        }
        const std::string line = key + "\n";
        if (::write(STDOUT_FILENO, line.data(), line.size()) < 0) {
            ::_exit(1);
        }
    }
}

}  // namespace
}  // namespace gatehouse

int main(int argc, char** argv) {
    if (argc != 3) {
        return 2;
    }
    gatehouse::testkit::FakeHost host;
    gatehouse::SqliteStorage storage;
    const gatehouse::testkit::FakeConfig config(gatehouse::fieldsOf<gatehouse::SqliteStorage>(),
                                                {{"path", argv[1]}});
    if (!storage.configure(config, host) || !storage.start()) {
        return 3;
    }
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 4; ++thread) {
        threads.emplace_back(
            [&, thread] { gatehouse::writeForever(storage, argv[2] + std::to_string(thread)); });
    }
    for (auto& thread : threads) {
        thread.join();
    }
}
