// SPDX-License-Identifier: Apache-2.0
#include "MarkFiles.h"

#include <gatehouse/ReplayMarks.h>

#include "DatabaseFile.h"

#include <algorithm>
#include <filesystem>
#include <numeric>
#include <optional>
#include <utility>

namespace gatehouse {
namespace {

constexpr seconds stretch{30};

std::int64_t endOf(TimePoint until) {
    return until.time_since_epoch() / stretch + 1;
}

/// nullopt: the name is that of another file.
std::optional<std::int64_t> endIn(const std::string& name) {
    const bool isNumber = !name.empty() && name.size() <= 10 && name.front() != '0' &&
                          name.find_first_not_of("0123456789") == std::string::npos;
    return isNumber ? std::optional(std::stoll(name)) : std::nullopt;
}

}  // namespace

Status MarkFiles::open() {
    files_.clear();
    std::error_code problem;
    std::filesystem::directory_iterator entry(folder_, problem);
    for (; !problem && entry != std::filesystem::directory_iterator(); entry.increment(problem)) {
        const auto end = endIn(entry->path().filename().string());
        if (!end) {
            continue;
        }
        if (TimePoint(*end * stretch) + ReplayMarks::longest <= clock_.now()) {
            std::error_code ignored;
            std::filesystem::remove(pathOf(*end), ignored);
            continue;
        }
        auto file = MarkFile::open(pathOf(*end));
        if (!file) {
            return file.error();
        }
        file->endsNotBefore(clock_.steady() + ReplayMarks::longest);
        files_.emplace(*end, *std::move(file));
    }
    return problem ? Status(Error::unavailable(folder_ + ": " + problem.message())) : done();
}

bool MarkFiles::has(const Mark& mark) const {
    return std::any_of(files_.begin(), files_.end(),
                       [&](const auto& file) { return file.second.has(mark); });
}

std::size_t MarkFiles::size() const {
    return std::accumulate(
        files_.begin(), files_.end(), std::size_t{0},
        [](std::size_t sum, const auto& file) { return sum + file.second.size(); });
}

Status MarkFiles::add(const Mark& mark, TimePoint until) {
    const auto end = endOf(until);
    auto found = files_.find(end);
    if (found == files_.end()) {
        auto file = MarkFile::open(pathOf(end));
        if (!file) {
            return file.error();
        }
        found = files_.emplace(end, *std::move(file)).first;
    }
    auto added = found->second.add(mark);
    if (added) {
        found->second.endsNotBefore(clock_.steady() + (until - clock_.now()));
    }
    return added;
}

std::vector<MarkFile> MarkFiles::drop() {
    const auto now = clock_.now();
    const auto steady = clock_.steady();
    std::vector<MarkFile> dropped;
    auto file = files_.begin();
    while (file != files_.end() && TimePoint(file->first * stretch) <= now) {
        if (!file->second.hasEnded(steady)) {
            ++file;
            continue;
        }
        std::error_code ignored;  // what stays is removed by a later process
        std::filesystem::remove(pathOf(file->first), ignored);
        dropped.push_back(std::move(file->second));
        file = files_.erase(file);
    }
    return dropped;
}

Status MarkFiles::flush() const {
    Status status = done();
    for (const auto& file : files_) {
        status = status ? file.second.flush() : status;
    }
    return status ? flushFolder(folder_) : status;
}

}  // namespace gatehouse
