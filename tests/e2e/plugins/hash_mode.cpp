// SPDX-License-Identifier: Apache-2.0
// A response mode as a third party writes it, against the SDK alone. A `state` of "break: ..."
// shows what the server makes of a broken one.
#include <gatehouse/point/ResponseMode.h>

#include <stdexcept>

namespace {

using namespace gatehouse;

std::string encoded(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string safe;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool isPlain = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
                             (byte >= 'a' && byte <= 'z') || byte == '-' || byte == '_';
        safe +=
            isPlain ? std::string(1, c) : std::string{'%', digits[byte >> 4U], digits[byte & 15U]};
    }
    return safe;
}

class HashMode final : public ResponseMode {
public:
    std::string_view mode() const noexcept override { return "hash"; }
    Result<AnswerOnItsWay> write(const AnswerInHand& answer) const override {
        std::string fragment;
        for (const auto& [name, value] : answer.parameters()) {
            if (value == "break: throws") {
                throw std::runtime_error("no ink");
            }
            if (value == "break: astray") {
                return AnswerOnItsWay{"https://evil.example/#code=x", {}};
            }
            fragment += (fragment.empty() ? "" : "&") + encoded(name) + "=" + encoded(value);
        }
        return AnswerOnItsWay{std::string(answer.redirectUri()) + "#" + fragment, {}};
    }
};

}  // namespace

GATEHOUSE_PLUGIN(HashMode, "hash", "1.0.0", "Answers behind the #")
