// SPDX-License-Identifier: Apache-2.0
#include "jose/CompactJwe.h"

#include "jose/JoseHeader.h"
#include "text/Base64Url.h"

#include <array>
#include <utility>

namespace gatehouse {

namespace {

constexpr std::size_t partCount = 5;

std::optional<std::array<std::string_view, partCount>> partsOf(std::string_view text) {
    std::array<std::string_view, partCount> parts;
    for (std::size_t number = 0; number + 1 < partCount; ++number) {
        const auto dot = text.find('.');
        if (dot == std::string_view::npos) {
            return std::nullopt;
        }
        parts[number] = text.substr(0, dot);
        text.remove_prefix(dot + 1);
    }
    parts[partCount - 1] = text;
    return text.find('.') == std::string_view::npos ? std::optional(parts) : std::nullopt;
}

}  // namespace

std::optional<CompactJwe> parseJwe(std::string_view text) {
    const auto parts = text.size() > maximumJweSize ? std::nullopt : partsOf(text);
    auto header = parts ? parseJoseHeader((*parts)[0]) : std::nullopt;
    if (!header || header->contains("zip")) {
        return std::nullopt;
    }
    const auto* algorithm = findJweAlgorithm(header->text("alg"));
    const auto* encryption = findJweEncryption(header->text("enc"));
    auto key = fromBase64url((*parts)[1]);
    auto nonce = fromBase64url((*parts)[2]);
    auto content = fromBase64url((*parts)[3]);
    auto tag = fromBase64url((*parts)[4]);
    if (algorithm == nullptr || encryption == nullptr || !key || !nonce || !content || !tag ||
        nonce->size() != encryption->nonceSize || tag->size() != encryption->tagSize) {
        return std::nullopt;
    }
    return CompactJwe{*std::move(header), algorithm,           encryption,      *std::move(key),
                      *std::move(nonce),  *std::move(content), *std::move(tag), (*parts)[0]};
}

}  // namespace gatehouse
