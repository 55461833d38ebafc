// SPDX-License-Identifier: Apache-2.0
#include "app/cli/ImportFile.h"

#include "app/cli/Arguments.h"
#include "app/cli/Output.h"

#include <unistd.h>

#include <algorithm>
#include <iostream>

namespace gatehouse {

namespace {

constexpr std::size_t whole = 100;
constexpr std::size_t barWidth = 40;
/// What is read in a moment needs no progress.
constexpr std::size_t smallFile = 4U << 20U;

OpenedFile openOrThrow(const std::string& path) {
    auto opened = openGivenFile(path, Keeping::secret);
    if (!opened) {
        throw UsageError{opened.error().detail};
    }
    return *std::move(opened);
}

}  // namespace

ImportFile::ImportFile(const std::string& path)
    : opened_(openOrThrow(path)), isTerminal_(::isatty(STDERR_FILENO) != 0) {
    if (!opened_.doubt.empty()) {
        printError(opened_.doubt);
    }
}

void ImportFile::progress(std::size_t people) {
    const auto percent = std::min(whole, read_ * whole / std::max<std::size_t>(opened_.size, 1));
    const std::size_t step = isTerminal_ ? 1 : 10;
    if (opened_.size < smallFile || percent < shown_ + step) {
        return;
    }
    shown_ = percent;
    const auto told = std::to_string(percent) + " %, " + std::to_string(people) + " people";
    if (!isTerminal_) {
        printError(told);
        return;
    }
    const std::string done(barWidth * percent / whole, '#');
    std::cerr << "\r[" << done << std::string(barWidth - done.size(), ' ') << "] " << told
              << (percent == whole ? "\n" : "") << std::flush;
}

ImportFile::int_type ImportFile::underflow() {
    const auto count = ::read(opened_.descriptor.number(), bytes_.data(), bytes_.size());
    if (count <= 0) {
        return traits_type::eof();
    }
    read_ += static_cast<std::size_t>(count);
    setg(bytes_.data(), bytes_.data(), bytes_.data() + count);
    return traits_type::to_int_type(bytes_.front());
}

}  // namespace gatehouse
