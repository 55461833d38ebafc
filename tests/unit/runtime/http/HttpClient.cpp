// SPDX-License-Identifier: Apache-2.0
#include "HttpClient.h"

#include <Poco/Exception.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/Timespan.h>

#include <array>
#include <stdexcept>

namespace gatehouse {

std::string HttpClient::Answer::field(const std::string& name) const {
    const auto at = head.find("\r\n" + name + ": ");
    if (at == std::string::npos) {
        return {};
    }
    const auto start = at + name.size() + 4;
    return head.substr(start, head.find("\r\n", start) - start);
}

HttpClient::HttpClient(std::uint16_t port, int receiveBuffer) {
    const Poco::Net::SocketAddress address("127.0.0.1", port);
    socket_ = Poco::Net::StreamSocket(address.family());
    if (receiveBuffer > 0) {
        socket_.setReceiveBufferSize(receiveBuffer);
    }
    socket_.connect(address);
    socket_.setNoDelay(true);
    socket_.setReceiveTimeout(Poco::Timespan(30, 0));
}

void HttpClient::send(const std::string& bytes) {
    int sent = 0;
    while (sent < static_cast<int>(bytes.size())) {
        sent += socket_.sendBytes(bytes.data() + sent, static_cast<int>(bytes.size()) - sent,
                                  MSG_NOSIGNAL);
    }
}

HttpClient::Answer HttpClient::receive(bool hasBody) {
    auto end = buffer_.find("\r\n\r\n");
    while (end == std::string::npos) {
        if (!fill()) {
            throw std::runtime_error("closed before an answer: " + buffer_);
        }
        end = buffer_.find("\r\n\r\n");
    }
    Answer answer;
    answer.head = buffer_.substr(0, end + 2);
    answer.status = std::stoi(answer.head.substr(9, 3));
    buffer_.erase(0, end + 4);
    const std::string length = answer.field("Content-Length");
    const std::size_t size = hasBody && !length.empty() ? std::stoul(length) : 0;
    while (buffer_.size() < size) {
        if (!fill()) {
            throw std::runtime_error("closed inside an answer");
        }
    }
    answer.body = buffer_.substr(0, size);
    buffer_.erase(0, size);
    return answer;
}

HttpClient::Answer HttpClient::ask(const std::string& bytes) {
    send(bytes);
    return receive();
}

bool HttpClient::isClosed() {
    return buffer_.empty() && !fill();
}

std::string HttpClient::drain() {
    while (fill()) {
    }
    return std::move(buffer_);
}

void HttpClient::abort() {
    socket_.setLinger(true, 0);
    socket_.close();
}

/// False at the end of the stream.
bool HttpClient::fill() {
    std::array<char, 16384> bytes{};
    try {
        const int count = socket_.receiveBytes(bytes.data(), static_cast<int>(bytes.size()));
        buffer_.append(bytes.data(), static_cast<std::size_t>(count));
        return count > 0;
    } catch (const Poco::Net::ConnectionResetException&) {
        return false;
    }
}

std::string get(const std::string& path, const std::string& fields) {
    return "GET " + path + " HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n";
}

}  // namespace gatehouse
