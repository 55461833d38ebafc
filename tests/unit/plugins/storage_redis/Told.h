// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "RedisFailure.h"
#include "Reply.h"
#include "ReplyBounds.h"

#include <Poco/Net/StreamSocket.h>
#include <Poco/Net/StreamSocketImpl.h>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <ios>
#include <string_view>
#include <utility>

namespace gatehouse {

/// Reads what a source gives as if a server had said it; its end is the connection's.
class Told {
public:
    /// Writes at most so many bytes and says how many.
    using Source = std::function<std::size_t(char* into, std::size_t most)>;

    explicit Told(Source source) : socket_(new Socket(std::move(source))) {
        input_.exceptions(std::ios::badbit);
    }
    /// `text`, which must outlive it, so many bytes at a time.
    explicit Told(std::string_view text, std::size_t step = 16384)
        : Told([text, step](char* into, std::size_t most) mutable {
              const auto size = text.copy(into, std::min(most, step));
              text.remove_prefix(size);
              return size;
          }) {}
    Reply read() { return readReply(input_); }

private:
    class Socket final : public Poco::Net::StreamSocketImpl {
    public:
        explicit Socket(Source source) : source_(std::move(source)) {}
        int receiveBytes(void* into, int size, int /*flags*/) override {
            auto* bytes = static_cast<char*>(into);
            const auto got = source_(bytes, static_cast<std::size_t>(size));
            if (got == 0) {
                throw RedisFailure(RedisFailure::Cause::away, "the end");
            }
            bounds_.pass({bytes, got});
            return static_cast<int>(got);
        }
        using StreamSocketImpl::receiveBytes;

    private:
        Source source_;
        ReplyBounds bounds_;
    };

    Poco::Net::StreamSocket socket_;
    Poco::Redis::RedisInputStream input_{socket_};
};

}  // namespace gatehouse
