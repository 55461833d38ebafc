// SPDX-License-Identifier: Apache-2.0
// Answers to our own requests, from servers that mean no good.
#include "Fuzz.h"
#include "outgoing/AnswerReader.h"

#include <algorithm>
#include <string>

namespace gatehouse::fuzz {

namespace {

constexpr std::size_t mostBytes = 1'000;

AnswerReader readAll(std::string_view input, std::size_t step) {
    AnswerReader reader(mostBytes);
    while (!input.empty()) {
        const auto part = input.substr(0, step);
        reader.feed(part);
        input.remove_prefix(part.size());
    }
    reader.end();
    return reader;
}

bool isSame(const OutgoingAnswer& left, const OutgoingAnswer& right) {
    return left.status == right.status && left.body == right.body &&
           std::equal(left.headers.begin(), left.headers.end(), right.headers.begin(),
                      right.headers.end(), [](const Header& one, const Header& other) {
                          return one.name == other.name && one.value == other.value;
                      });
}

}  // namespace

void run(std::string_view input) {
    auto whole = readAll(input, std::max<std::size_t>(input.size(), 1));
    auto pieces = readAll(input, 1);
    ensure(whole.isDone() != !whole.problem().empty(), "it is whole, or something is wrong");
    ensure(whole.isDone() == pieces.isDone(), "it does not matter how it came");
    if (!whole.isDone()) {
        return;
    }
    const auto answer = whole.take();
    ensure(isSame(answer, pieces.take()), "it is the same, however it came");
    ensure(answer.body.size() <= mostBytes, "a body has its limit");
    ensure(answer.status >= 200 && answer.status <= 599, "interim answers are passed over");
    for (const auto& header : answer.headers) {
        ensure(header.value.find_first_of(std::string_view("\0\r\n", 3)) == std::string::npos,
               "a field is one line");
    }
}

}  // namespace gatehouse::fuzz
