// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "file/GivenFile.h"

#include <array>
#include <istream>
#include <streambuf>
#include <string>

namespace gatehouse {

/// A file of any size that is kept as a secret is, and how far it is read. Throws UsageError when
/// it cannot be taken.
class ImportFile : private std::streambuf {
public:
    explicit ImportFile(const std::string& path);

    std::istream& stream() noexcept { return stream_; }
    /// Shows how far it is, on standard error: a bar on a terminal, otherwise a line now and then.
    void progress(std::size_t people);

private:
    int_type underflow() override;

    OpenedFile opened_;
    std::array<char, 65'536> bytes_{};
    std::size_t read_ = 0;
    std::size_t shown_ = 0;  ///< percent
    bool isTerminal_;
    std::istream stream_{this};
};

}  // namespace gatehouse
