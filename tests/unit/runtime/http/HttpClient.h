// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Poco/Net/StreamSocket.h>

#include <cstdint>
#include <string>
#include <vector>

namespace gatehouse {

/// A client that sends exactly the bytes a test says. Waits half a minute at most, then throws.
class HttpClient {
public:
    struct Answer {
        int status = 0;
        std::string head;
        std::string body;

        /// Value of a field, by its exact name; empty when absent.
        std::string field(const std::string& name) const;
    };

    /// `receiveBuffer` 0: the system's choice.
    explicit HttpClient(std::uint16_t port, int receiveBuffer = 0);

    void send(const std::string& bytes);
    /// The next answer. `hasBody` false: to a HEAD.
    Answer receive(bool hasBody = true);
    Answer ask(const std::string& bytes);
    /// True once the server has closed, with nothing more to read.
    bool isClosed();
    /// All bytes until the server closes.
    std::string drain();
    void shutdownSend() { socket_.shutdownSend(); }
    /// Closes with a reset.
    void abort();

private:
    bool fill();

    Poco::Net::StreamSocket socket_;
    std::string buffer_;
};

/// A request without body.
std::string get(const std::string& path, const std::string& fields = "");

}  // namespace gatehouse
