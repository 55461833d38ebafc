// SPDX-License-Identifier: Apache-2.0
#include "RedisFailure.h"

#include <string_view>

namespace gatehouse {
namespace {

constexpr std::string_view before7 = "ERR Error running script";

/// Before Redis 7 the code of an error inside a script stands in the middle: "...: -OOM command".
std::string_view withoutScript(std::string_view message) {
    const auto inner = message.find(": -");
    const bool isWrapped =
        message.substr(0, before7.size()) == before7 && inner != std::string_view::npos;
    return isWrapped ? message.substr(inner + 3) : message;
}

bool isOneOf(std::string_view code, std::string_view codes) {
    for (std::size_t at = 0; at < codes.size(); at = codes.find(' ', at) + 1) {
        const auto end = codes.find(' ', at);
        if (codes.substr(at, end - at) == code) {
            return true;
        }
        if (end == std::string_view::npos) {
            break;
        }
    }
    return false;
}

}  // namespace

RedisFailure RedisFailure::silence(const std::string& message) {
    RedisFailure failure(Cause::away, message);
    failure.isSilence_ = true;
    return failure;
}

RedisFailure RedisFailure::ofReply(const std::string& message) {
    const auto plain = withoutScript(message);
    const auto code = plain.substr(0, plain.find(' '));
    if (isOneOf(code, "WRONGPASS NOAUTH NOPERM")) {
        return {Cause::settings, std::string(plain)};
    }
    const bool isFull = plain.find("max number of clients") != std::string_view::npos;
    const bool isOurs = isOneOf(code, "ERR WRONGTYPE") && !isFull;
    return {isOurs ? Cause::ours : Cause::away, std::string(plain)};
}

Error RedisFailure::error() const {
    return cause_ == Cause::ours ? Error::internal(what()) : Error::unavailable(what());
}

Error RedisFailure::errorOfChange() const {
    return isSilence_ ? Error::unknown(what()) : error();
}

}  // namespace gatehouse
