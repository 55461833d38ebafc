// SPDX-License-Identifier: Apache-2.0
#include "store/Handle.h"

#include "text/Base64Url.h"

#include <algorithm>

namespace gatehouse {
namespace {

constexpr std::size_t nodeSize = 3;
constexpr int counterBits = 16;

}  // namespace

std::string Handle::text() const {
    return base64url(selector + verifier);
}

std::optional<Handle> Handle::parse(std::string_view text) {
    const auto bytes = fromBase64url(text);
    if (!bytes || bytes->size() != selectorSize + verifierSize) {
        return std::nullopt;
    }
    return Handle{bytes->substr(0, selectorSize), bytes->substr(selectorSize)};
}

std::string handleHash(const Crypto& crypto, std::string_view label, std::string_view verifier) {
    return crypto.mac(label, verifier);
}

bool handleMatches(const Crypto& crypto, std::string_view label, const Handle& handle,
                   std::string_view storedHash) {
    return crypto.equal(handleHash(crypto, label, handle.verifier), storedHash);
}

HandleMaker::HandleMaker(const Clock& clock, Random& random)
    : clock_(clock), random_(random), node_(random.bytes(nodeSize)) {}

Handle HandleMaker::make() {
    return {selector(), random_.bytes(Handle::verifierSize)};
}

std::string HandleMaker::selector() {
    // Milliseconds above, a counter below: one that overflows only borrows from the next
    // millisecond.
    const auto now = static_cast<std::uint64_t>(clock_.now().time_since_epoch().count())
                     << counterBits;
    std::uint64_t last = last_.load();
    std::uint64_t next = 0;
    do {
        next = std::max(now, last + 1);
    } while (!last_.compare_exchange_weak(last, next));

    std::string selector;
    for (int shift = 56; shift >= 0; shift -= 8) {
        selector += static_cast<char>(next >> shift);
    }
    return selector + node_;
}

}  // namespace gatehouse
