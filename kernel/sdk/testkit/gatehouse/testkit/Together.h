// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace gatehouse::testkit {

/// Runs `work` in so many threads that start together, and waits for them. Throws what the first of
/// them threw.
inline void together(int threads, const std::function<void(int)>& work) {
    std::atomic<int> ready{0};
    std::exception_ptr thrown;
    std::mutex mutex;
    std::vector<std::thread> running;
    for (int number = 0; number < threads; ++number) {
        running.emplace_back([&, number] {
            ++ready;
            while (ready < threads) {
                std::this_thread::yield();
            }
            try {
                work(number);
            } catch (...) {
                const std::lock_guard lock(mutex);
                thrown = thrown ? thrown : std::current_exception();
            }
        });
    }
    for (auto& thread : running) {
        thread.join();
    }
    if (thrown) {
        std::rethrow_exception(thrown);
    }
}

}  // namespace gatehouse::testkit
