// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/FakeHost.h>

#include "SqliteStorage.h"
#include "crypto/RandomPool.h"
#include "store/Handle.h"
#include "store/RecordService.h"

#include <sys/resource.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <thread>

// Durable inserts alone and from many threads, look-ups, and bytes per record, through the record
// service onto SQLite.
//   bench_storage [folder] [records] [threads]

namespace gatehouse {
namespace {

class RealClock final : public Clock {
public:
    TimePoint now() const noexcept override {
        return std::chrono::time_point_cast<milliseconds>(std::chrono::system_clock::now());
    }
    SteadyPoint steady() const noexcept override {
        return std::chrono::time_point_cast<milliseconds>(std::chrono::steady_clock::now());
    }
};

class RealRandom final : public Random {
public:
    std::string bytes(std::size_t count) override { return randomBytes(count); }
};

double processorSeconds() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto toDouble = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return toDouble(usage.ru_utime) + toDouble(usage.ru_stime);
}

void measure(const char* what, int times, const std::function<void()>& work) {
    const double processorBefore = processorSeconds();
    const auto before = std::chrono::steady_clock::now();
    work();
    const double seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - before).count();
    std::printf("%-34s %9.0f /s  %7.1f us each  %7.1f us CPU each\n", what, times / seconds,
                seconds / times * 1e6, (processorSeconds() - processorBefore) / times * 1e6);
}

/// Exits: a bench that fails measures nothing.
void require(bool isTrue, const std::string& why) {
    if (!isTrue) {
        std::fprintf(stderr, "%s\n", why.c_str());
        std::exit(1);
    }
}

class Bench {
public:
    explicit Bench(const std::string& folder) : folder_(folder + "/bench_storage") {
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directories(folder_);
        const auto configured = storage_.configure(
            testkit::FakeConfig(fieldsOf<SqliteStorage>(), {{"path", folder_ + "/gatehouse.db"}}),
            host_);
        require(bool(configured), "cannot configure");
        const auto started = storage_.start();
        require(bool(started), started ? "" : started.error().detail);
        records_.addStorage(storage_);
        records_.start();
    }
    Bench(const Bench&) = delete;
    Bench& operator=(const Bench&) = delete;
    ~Bench() {
        storage_.stop();
        std::filesystem::remove_all(folder_);
    }

    void run(int total, int threads) {
        measure("durable insert, many threads", total, [&] { insert(total, threads); });
        measure("durable insert, one thread", total / 20, [&] { insert(total / 20, 1); });
        measure("look-up, one thread", total, [&] { lookUp(total, 1); });
        measure("look-up, many threads", total, [&] { lookUp(total, threads); });
        measure("look-up beside inserts, 2 and 2", total / 4,
                [&] { lookUpBesideInserts(total / 4); });
        measure("replace with expectation, many", total, [&] { replace(total, threads); });
        printSizes();
    }

private:
    Record tokenRecord(const std::string& key) {
        Record record;
        record.kind = "access_token";
        record.key = key;
        record.family = key;
        record.expires = clock_.now() + seconds{600};
        record.payload = std::string(320, 'x');
        return record;
    }
    static void together(int total, int threads, const std::function<void(int, int)>& work) {
        std::vector<std::thread> running;
        for (int thread = 0; thread < threads; ++thread) {
            running.emplace_back([=] { work(thread, total / threads); });
        }
        for (auto& thread : running) {
            thread.join();
        }
    }
    void insertOne(std::vector<std::string>& keys) {
        Batch batch;
        keys.push_back(handles_.selector());
        batch.puts.push_back(tokenRecord(keys.back()));
        const auto outcome = records_.apply(context(), std::move(batch));
        require(outcome && outcome->applied(), outcome ? "refused" : outcome.error().detail);
    }
    void insert(int total, int threads) {
        std::vector<std::vector<std::string>> made(static_cast<std::size_t>(threads));
        together(total, threads, [&](int thread, int times) {
            for (int time = 0; time < times; ++time) {
                insertOne(made[static_cast<std::size_t>(thread)]);
            }
        });
        for (auto& keys : made) {
            keys_.insert(keys_.end(), keys.begin(), keys.end());
        }
    }
    void lookUpSome(int thread, int times) {
        std::size_t at = static_cast<std::size_t>(thread) * 7919;
        for (int time = 0; time < times; ++time) {
            at = (at + 104729) % keys_.size();
            const auto found = records_.find(context(), "access_token", keys_[at]);
            require(found && *found, "not found");
        }
    }
    void lookUp(int total, int threads) {
        together(total, threads, [&](int thread, int times) { lookUpSome(thread, times); });
    }
    void lookUpBesideInserts(int total) {
        std::atomic<bool> isReading{true};
        std::vector<std::thread> writers;
        for (int thread = 0; thread < 2; ++thread) {
            writers.emplace_back([&] {
                std::vector<std::string> made;
                while (isReading) {
                    insertOne(made);
                }
            });
        }
        lookUp(total, 2);
        isReading = false;
        for (auto& writer : writers) {
            writer.join();
        }
    }
    void replace(int total, int threads) {
        together(total, threads, [&](int thread, int times) {
            const auto& key = keys_[static_cast<std::size_t>(thread)];
            for (int time = 1; time <= times; ++time) {
                Batch batch;
                batch.expects.push_back({"access_token", key, Expect::State::version,
                                         static_cast<std::uint64_t>(time)});
                batch.puts.push_back(tokenRecord(key));
                const auto outcome = records_.apply(context(), std::move(batch));
                require(outcome && outcome->applied(), "refused");
            }
        });
    }
    /// A session and its refresh family, as the login makes them.
    void insertSessionAndFamily() {
        Batch batch;
        Record session = tokenRecord(handles_.selector());
        session.kind = "session";
        session.family.clear();
        session.links = {{"subject", "8f14e45f-ceea-467f-a0e6-f7c9a2b1d3e4"}};
        session.payload = std::string(350, 's');
        Record family = tokenRecord(handles_.selector());
        family.kind = "family";
        family.links = {{"subject", "8f14e45f-ceea-467f-a0e6-f7c9a2b1d3e4"}, {"client", "site-1"}};
        family.payload = std::string(450, 'f');
        batch.puts = {session, family};
        const auto outcome = records_.apply(context(), std::move(batch));
        require(outcome && outcome->applied(), "refused");
    }
    std::uintmax_t fileSize() {
        const Context now = context();
        std::this_thread::sleep_for(std::chrono::milliseconds{1100});
        require(bool(storage_.dropExpired(now, TimePoint{}, 1)), "cannot tidy");
        return std::filesystem::file_size(folder_ + "/gatehouse.db");
    }
    void printSizes() {
        const std::uintmax_t before = fileSize();
        std::printf("%-34s %9.0f\n", "bytes per token record (payload 320)",
                    static_cast<double>(before) / static_cast<double>(keys_.size()));
        constexpr int pairs = 20000;
        together(pairs, 16, [&](int, int times) {
            for (int time = 0; time < times; ++time) {
                insertSessionAndFamily();
            }
        });
        std::printf("%-34s %9.0f\n", "bytes per session and family (payload 800)",
                    static_cast<double>(fileSize() - before) / pairs);
        rusage usage{};
        ::getrusage(RUSAGE_SELF, &usage);
        std::printf("%-34s %9.1f MB\n", "most resident memory",
                    static_cast<double>(usage.ru_maxrss) / 1024);
    }
    Context context() const { return {issuer_, "bench", {}, noDeadline}; }

    std::string folder_;
    RealClock clock_;
    RealRandom random_;
    testkit::FakeHost host_;
    HandleMaker handles_{clock_, random_};
    SqliteStorage storage_;
    RecordService records_{clock_};
    Issuer issuer_{1, "https://id.example.org", ""};
    std::vector<std::string> keys_;
};

}  // namespace
}  // namespace gatehouse

int main(int argc, char** argv) {
    const std::string folder = argc > 1 ? argv[1] : ".";
    const int records = argc > 2 ? std::atoi(argv[2]) : 200000;
    const int threads = argc > 3 ? std::atoi(argv[3]) : 32;
    gatehouse::Bench(folder).run(records, threads);
}
