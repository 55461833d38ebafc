// SPDX-License-Identifier: Apache-2.0
#include "Command.h"

namespace gatehouse {

Command::Command(std::initializer_list<std::string_view> words) {
    for (const auto word : words) {
        add(word);
    }
}

Command& Command::add(std::string_view word) {
    words_ += '$';
    words_ += std::to_string(word.size());
    words_ += "\r\n";
    words_ += word;
    words_ += "\r\n";
    ++count_;
    return *this;
}

Command& Command::add(const Command& words) {
    words_ += words.words_;
    count_ += words.count_;
    return *this;
}

std::string Command::text() const {
    return "*" + std::to_string(count_) + "\r\n" + words_;
}

}  // namespace gatehouse
