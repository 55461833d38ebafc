// SPDX-License-Identifier: Apache-2.0
// CPU time of reading a request, whole and byte by byte.
#include "http/RequestReader.h"

#include <ctime>
#include <iostream>

namespace {

constexpr std::string_view plain = "GET /loop HTTP/1.1\r\nHost: 127.0.0.1:1314\r\n\r\n";
constexpr std::string_view form =
    "POST /api/oauth/token HTTP/1.1\r\nHost: id.example.org\r\n"
    "User-Agent: python-requests/2.31.0\r\nAccept-Encoding: gzip, deflate\r\nAccept: */*\r\n"
    "Connection: keep-alive\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    "Authorization: Basic bWFjaGluZS0xOnNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3JldC1zZWNyZXQ=\r\n"
    "X-Forwarded-For: 192.0.2.7\r\nX-Forwarded-Proto: https\r\nContent-Length: 47\r\n\r\n"
    "grant_type=client_credentials&scope=read+write1";

void measure(const char* name, std::string_view request, std::size_t portion) {
    const gatehouse::RequestLimits limits;
    gatehouse::RequestReader reader(limits);
    constexpr int rounds = 200'000;
    std::size_t seen = 0;
    const std::clock_t start = std::clock();
    for (int i = 0; i < rounds; ++i) {
        for (std::size_t at = 0; at < request.size(); at += portion) {
            reader.feed(request.substr(at, portion));
        }
        seen += reader.take().headers.size();
    }
    const double took = static_cast<double>(std::clock() - start) * 1e9 / CLOCKS_PER_SEC;
    std::cout << name << ": " << took / rounds << " ns a request of " << request.size()
              << " bytes, " << seen / rounds << " fields\n";
}

}  // namespace

int main() {
    measure("plain", plain, plain.size());
    measure("form", form, form.size());
    measure("form, a byte at a time", form, 1);
}
