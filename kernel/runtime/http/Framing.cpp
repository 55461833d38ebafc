// SPDX-License-Identifier: Apache-2.0
#include "http/Framing.h"

#include "http/HttpGrammar.h"

#include <limits>
#include <utility>

namespace gatehouse {

RequestRefusal Framing::note(std::string_view name, std::string_view value) noexcept {
    if (name == "host") {
        return noteHost(value);
    }
    if (name == "content-length") {
        return noteLength(value);
    }
    if (name == "transfer-encoding") {
        ++transferEncodings_;
        isOnlyChunked_ = transferEncodings_ == 1 && equalsIgnoringCase(value, "chunked");
    } else if (name == "connection") {
        noteConnection(value);
    } else if (name == "content-encoding") {
        isEncoded_ = isEncoded_ || !equalsIgnoringCase(value, "identity");
    } else if (name == "authorization" || name == "content-type") {
        return noteOnce(name);
    } else if (name == "expect") {
        expectsContinue_ = equalsIgnoringCase(value, "100-continue");
        expectsOther_ = expectsOther_ || !expectsContinue_;
    }
    return {};
}

RequestRefusal Framing::judge(bool isOld, std::size_t bodyLimit) noexcept {
    if (!hasHost_ && !isOld) {
        return {400, "no Host"};
    }
    if (isChunked() && (hasLength_ || isOld)) {
        return {400, "Transfer-Encoding beside Content-Length or in HTTP/1.0"};
    }
    if (!isOnlyChunked_) {
        return {501, "Transfer-Encoding other than chunked"};
    }
    if (contentLength_ > bodyLimit) {
        return {413, "body too large"};
    }
    expectsContinue_ = expectsContinue_ && !isOld && hasBody();
    keepsAlive_ = !asksClose_ && (!isOld || asksKeep_);
    return judgeWishes();
}

RequestRefusal Framing::judgeWishes() const noexcept {
    if (expectsOther_) {
        return {417, "Expect other than 100-continue"};
    }
    return isEncoded_ && hasBody() ? RequestRefusal{415, "body with a Content-Encoding"}
                                   : RequestRefusal{};
}

RequestRefusal Framing::noteHost(std::string_view value) noexcept {
    if (hasHost_ || !isAuthority(value)) {
        return {400, "Host doubled or malformed"};
    }
    hasHost_ = true;
    return {};
}

RequestRefusal Framing::noteLength(std::string_view value) noexcept {
    constexpr std::size_t saturated = std::numeric_limits<std::size_t>::max() / 16;
    if (hasLength_ || value.empty()) {
        return {400, "Content-Length doubled or empty"};
    }
    hasLength_ = true;
    for (const char c : value) {
        if (c < '0' || c > '9') {
            return {400, "Content-Length is not a number"};
        }
        contentLength_ = contentLength_ * 10 + static_cast<std::size_t>(c - '0');
        contentLength_ = contentLength_ > saturated ? saturated : contentLength_;
    }
    return {};
}

/// Which of two counts, two programs on the way would answer differently.
RequestRefusal Framing::noteOnce(std::string_view name) noexcept {
    bool& wasThere = name == "authorization" ? hasAuthorization_ : hasType_;
    return std::exchange(wasThere, true)
               ? RequestRefusal{400, "Authorization or Content-Type doubled"}
               : RequestRefusal{};
}

void Framing::noteConnection(std::string_view value) noexcept {
    eachElement(value, [this](std::string_view option) {
        asksClose_ = asksClose_ || equalsIgnoringCase(option, "close");
        asksKeep_ = asksKeep_ || equalsIgnoringCase(option, "keep-alive");
    });
}

}  // namespace gatehouse
