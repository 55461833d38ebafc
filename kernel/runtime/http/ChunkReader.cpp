// SPDX-License-Identifier: Apache-2.0
#include "http/ChunkReader.h"

#include "http/HttpGrammar.h"

#include <algorithm>

namespace gatehouse {

namespace {

constexpr std::size_t sizeLineLimit = 1024;
constexpr std::size_t extensionLimit = 4096;  // of all chunks together
constexpr std::size_t digitLimit = 15;  // cannot overflow

int hexDigit(char c) noexcept {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

}  // namespace

std::size_t ChunkReader::feed(std::string_view bytes, LineReader& lines, std::size_t bodyLimit,
                              std::string& body) {
    std::size_t used = 0;
    while (used < bytes.size() && !refusal_ && !isAtTrailers()) {
        const std::string_view rest = bytes.substr(used);
        if (step_ != Step::data) {
            used += readLine(rest, lines, body.size(), bodyLimit);
            continue;
        }
        const std::size_t taken = std::min(remaining_, rest.size());
        body.append(rest.substr(0, taken));
        used += taken;
        remaining_ -= taken;
        step_ = remaining_ == 0 ? Step::dataEnd : Step::data;
    }
    return used;
}

std::size_t ChunkReader::readLine(std::string_view bytes, LineReader& lines, std::size_t bodySize,
                                  std::size_t bodyLimit) {
    const bool isDataEnd = step_ == Step::dataEnd;
    std::size_t used = 0;
    std::string_view line;
    const auto outcome = lines.read(bytes, isDataEnd ? 2 : sizeLineLimit, used, line);
    if (outcome == LineReader::Outcome::more) {
        return used;
    }
    if (outcome != LineReader::Outcome::line || (isDataEnd && !line.empty())) {
        refusal_ = {400, "malformed chunk"};
    } else if (isDataEnd) {
        step_ = Step::size;
    } else {
        onSize(line, bodySize, bodyLimit);
    }
    return used;
}

void ChunkReader::onSize(std::string_view line, std::size_t bodySize,
                         std::size_t bodyLimit) noexcept {
    const auto digits = std::min(line.find(';'), line.size());
    std::size_t size = 0;
    for (const char c : line.substr(0, digits)) {
        const int digit = hexDigit(c);
        if (digit < 0) {
            refusal_ = {400, "chunk size is not a number"};
            return;
        }
        size = size * 16 + static_cast<std::size_t>(digit);
    }
    extensionBytes_ += line.size() - digits;
    const bool isBad = digits == 0 || digits > digitLimit || extensionBytes_ > extensionLimit ||
                       !isFieldValue(line.substr(digits));
    if (isBad) {
        refusal_ = {400, "malformed chunk size line"};
    } else if (size > bodyLimit - bodySize) {
        refusal_ = {413, "body too large"};
    }
    remaining_ = size;
    step_ = size == 0 ? Step::trailers : Step::data;
}

}  // namespace gatehouse
