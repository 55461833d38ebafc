// SPDX-License-Identifier: Apache-2.0
#include "http/LineReader.h"

namespace gatehouse {

LineReader::Outcome LineReader::read(std::string_view bytes, std::size_t limit, std::size_t& used,
                                     std::string_view& line) {
    if (isDone_) {
        partial_.clear();
        isDone_ = false;
    }
    const auto end = bytes.find('\n');
    used = end == std::string_view::npos ? bytes.size() : end + 1;
    if (partial_.size() + used > limit) {
        return Outcome::tooLong;
    }
    if (partial_.empty() && end != std::string_view::npos) {
        return finish(bytes.substr(0, used), line);
    }
    partial_.append(bytes.substr(0, used));
    if (end == std::string_view::npos) {
        return Outcome::more;
    }
    isDone_ = true;
    return finish(partial_, line);
}

LineReader::Outcome LineReader::finish(std::string_view whole, std::string_view& line) noexcept {
    if (whole.size() < 2 || whole[whole.size() - 2] != '\r') {
        return Outcome::malformed;
    }
    line = whole.substr(0, whole.size() - 2);
    return Outcome::line;
}

}  // namespace gatehouse
