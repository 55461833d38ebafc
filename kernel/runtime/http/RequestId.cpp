// SPDX-License-Identifier: Apache-2.0
#include "http/RequestId.h"

#include <algorithm>
#include <cstdint>
#include <random>

namespace gatehouse {

namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::size_t idSize = 16;
constexpr std::size_t longestId = 64;

std::mt19937_64& generator() {
    thread_local std::mt19937_64 engine = [] {
        std::random_device device;
        std::seed_seq seed{device(), device(), device(), device(), device(), device()};
        return std::mt19937_64(seed);
    }();
    return engine;
}

bool isHex(std::string_view text) noexcept {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool isZero(std::string_view text) noexcept {
    return text.find_first_not_of('0') == std::string_view::npos;
}

}  // namespace

std::string makeRequestId() {
    std::string id(idSize, '\0');
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < idSize; ++i, bits >>= 6U) {
        bits = i % 8 == 0 ? generator()() : bits;
        id[i] = alphabet[bits & 63U];
    }
    return id;
}

bool isRequestId(std::string_view text) noexcept {
    return !text.empty() && text.size() <= longestId &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return alphabet.find(c) != std::string_view::npos || c == '.';
           });
}

bool isTraceParent(std::string_view text) noexcept {
    constexpr std::size_t size = 55;  // of version 00; later ones may be longer
    if (text.size() < size || text[2] != '-' || text[35] != '-' || text[52] != '-') {
        return false;
    }
    const std::string_view version = text.substr(0, 2);
    const std::string_view trace = text.substr(3, 32);
    const std::string_view parent = text.substr(36, 16);
    if (!isHex(version) || !isHex(trace) || !isHex(parent) || !isHex(text.substr(53, 2))) {
        return false;
    }
    const bool isLonger = text.size() > size;
    const bool hasFittingSize = !isLonger || (version != "00" && text[size] == '-');
    return version != "ff" && !isZero(trace) && !isZero(parent) && hasFittingSize;
}

}  // namespace gatehouse
