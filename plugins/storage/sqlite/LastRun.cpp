// SPDX-License-Identifier: Apache-2.0
#include "LastRun.h"

#include "DatabaseFile.h"

#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <sstream>
#include <string_view>
#include <system_error>
#include <utility>

namespace gatehouse {
namespace {

constexpr std::string_view ended = "ended";

/// Of two times of one start of the machine; leap seconds and slow readers are within it. A clock
/// that was set in between is taken for another start.
constexpr milliseconds sameStart{2000};

/// Of this start of the machine where the system says it, which it does not to the service; or of
/// the machine.
std::string idOfMachine() {
    std::string id;
    for (const char* file : {"/proc/sys/kernel/random/boot_id", "/etc/machine-id"}) {
        if (std::ifstream(file) >> id) {
            return id;
        }
    }
    return "-";
}

milliseconds startOfMachine() {
    timespec running{};
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    ::clock_gettime(CLOCK_BOOTTIME, &running);
    return std::chrono::duration_cast<milliseconds>(now) - seconds(running.tv_sec) -
           milliseconds(running.tv_nsec / 1'000'000);
}

bool isThisStart(std::int64_t start) {
    return start > 0 && std::abs(start - startOfMachine().count()) <= sameStart.count();
}

}  // namespace

Result<LastRun> LastRun::begin(const std::string& path, const Clock& clock, SteadyPoint started) {
    auto file = openOwnFile(path);
    if (!file) {
        return file.error();
    }
    LastRun run(path, *std::move(file), clock);
    if (::flock(run.file_.number(), LOCK_EX | LOCK_NB) != 0) {
        return run.failure("another process has it; one server alone can use the database");
    }
    if (auto status = run.take(started); !status) {
        return status.error();
    }
    return run;
}

/// What it says is "START ID LOST": when which machine was started, on which the last process ran,
/// or "0 ended"; and when marks had been lost before, or 0. Both in milliseconds.
Status LastRun::take(SteadyPoint started) {
    std::array<char, 128> text{};
    const auto size = ::pread(file_.number(), text.data(), text.size(), 0);
    if (size < 0) {
        return failure(std::generic_category().message(errno));
    }
    std::istringstream said(std::string(text.data(), static_cast<std::size_t>(size)));
    std::string id;
    std::int64_t start = 0;
    std::int64_t lost = 0;
    const bool isWhole = bool(said >> start >> id >> lost);
    const bool isKept = id == ended || (id == idOfMachine() && isThisStart(start));
    if (size > 0 && !(isWhole && isKept)) {
        lost_ = started;
    } else if (lost > 0) {
        const auto ago = clock_->now() - TimePoint(milliseconds(lost));
        lost_ = clock_->steady() - std::max(ago, milliseconds(0));
    }
    return write(std::to_string(startOfMachine().count()) + ' ' + idOfMachine());
}

TimePoint LastRun::lostUntil() const {
    return lost_ ? clock_->now() - (clock_->steady() - *lost_) : TimePoint{};
}

Status LastRun::end() {
    return write("0 " + std::string(ended));
}

Status LastRun::write(const std::string& run) {
    const auto text = run + ' ' + std::to_string(lostUntil().time_since_epoch().count()) + '\n';
    const auto size = static_cast<ssize_t>(text.size());
    const bool isWritten = ::pwrite(file_.number(), text.data(), text.size(), 0) == size &&
                           ::ftruncate(file_.number(), size) == 0 && ::fsync(file_.number()) == 0;
    return isWritten ? done() : Status(failure(std::generic_category().message(errno)));
}

Error LastRun::failure(const std::string& why) const {
    return Error::unavailable(path_ + ": " + why);
}

}  // namespace gatehouse
