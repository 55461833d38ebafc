// SPDX-License-Identifier: Apache-2.0
#include "config/SourceText.h"

#include "text/Utf8.h"

#include <algorithm>

namespace gatehouse {

namespace {

constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";

std::vector<std::string_view> cut(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

/// The number of bytes before the first that is wrong.
std::size_t wellFormed(std::string_view line) {
    std::size_t good = 0;
    while (const std::size_t length = utf8Length(line.substr(good))) {
        good += length;
    }
    return good;
}

bool isControl(char byte) {
    const auto code = static_cast<unsigned char>(byte);
    return (code < 0x20 && byte != '\t' && byte != '\r') || code == 0x7F;
}

bool isContinuation(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

}  // namespace

Result<SourceText, Problems> SourceText::check(std::string_view text, const std::string& file) {
    SourceText source(file);
    Problems problems;
    if (text.size() > mostConfigBytes) {
        problems.add(source.whole(), "larger than 4 MiB");
        return problems;
    }
    if (text.substr(0, byteOrderMark.size()) == byteOrderMark) {
        text.remove_prefix(byteOrderMark.size());
    }
    source.text_ = text;
    source.isAscii_ = std::none_of(text.begin(), text.end(), isContinuation);
    source.lines_ = cut(text);
    for (std::size_t number = 0; number < source.lines_.size(); ++number) {
        const std::string_view line = source.lines_[number];
        if (!isUtf8(line)) {
            problems.add(source.place(number, wellFormed(line)), "not valid UTF-8");
            return problems;
        }
        const auto control = std::find_if(line.begin(), line.end(), isControl);
        if (control != line.end()) {
            problems.add(source.place(number, static_cast<std::size_t>(control - line.begin())),
                         "a control character");
            return problems;
        }
    }
    return source;
}

Place SourceText::place(std::size_t line, std::size_t byte) const {
    const std::string_view before =
        line < lines_.size() ? lines_[line].substr(0, byte) : std::string_view{};
    const auto continuations =
        isAscii_ ? 0 : std::count_if(before.begin(), before.end(), isContinuation);
    return {*file_, static_cast<int>(line + 1),
            1 + static_cast<int>(before.size()) - static_cast<int>(continuations)};
}

Place SourceText::place(std::size_t byte) const {
    const std::string_view before = text_.substr(0, byte);
    const auto line = std::count(before.begin(), before.end(), '\n');
    const std::size_t start = line == 0 ? 0 : before.rfind('\n') + 1;
    return place(static_cast<std::size_t>(line), byte - start);
}

}  // namespace gatehouse
