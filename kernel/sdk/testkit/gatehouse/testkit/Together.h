// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <functional>
#include <thread>
#include <vector>

namespace gatehouse::testkit {

/// Runs `work` in so many threads that start together, and waits for them.
inline void together(int threads, const std::function<void(int)>& work) {
    std::atomic<int> ready{0};
    std::vector<std::thread> running;
    for (int number = 0; number < threads; ++number) {
        running.emplace_back([&, number] {
            ++ready;
            while (ready < threads) {
                std::this_thread::yield();
            }
            work(number);
        });
    }
    for (auto& thread : running) {
        thread.join();
    }
}

}  // namespace gatehouse::testkit
