// SPDX-License-Identifier: Apache-2.0
#include "http/ServerProbe.h"

#include <Poco/Exception.h>
#include <Poco/Net/Context.h>
#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/HTTPSClientSession.h>
#include <Poco/Net/IPAddress.h>
#include <Poco/Timespan.h>

#include <istream>
#include <memory>

namespace gatehouse {
namespace {

constexpr std::size_t mostRead = 65536;

std::string reachable(const std::string& host) {
    Poco::Net::IPAddress address;
    if (!Poco::Net::IPAddress::tryParse(host, address) || !address.isWildcard()) {
        return host;
    }
    return address.family() == Poco::Net::IPAddress::IPv6 ? "::1" : "127.0.0.1";
}

std::unique_ptr<Poco::Net::HTTPClientSession> sessionWith(const std::string& host,
                                                          std::uint16_t port, Speaks speaks) {
    using Poco::Net::Context;
    if (speaks == Speaks::plain) {
        return std::make_unique<Poco::Net::HTTPClientSession>(host, port);
    }
    const Context::Ptr trusting(
        new Context(Context::TLS_CLIENT_USE, "", Context::VERIFY_NONE, 9, false));
    return std::make_unique<Poco::Net::HTTPSClientSession>(host, port, trusting);
}

}  // namespace

Result<ProbeAnswer> askServer(const std::string& host, std::uint16_t port, const std::string& path,
                              Speaks speaks) {
    try {
        const auto owned = sessionWith(reachable(host), port, speaks);
        auto& session = *owned;
        session.setTimeout(Poco::Timespan(5, 0));
        Poco::Net::HTTPRequest request(Poco::Net::HTTPRequest::HTTP_GET, path,
                                       Poco::Net::HTTPRequest::HTTP_1_1);
        session.sendRequest(request);
        Poco::Net::HTTPResponse response;
        std::istream& body = session.receiveResponse(response);
        ProbeAnswer answer{response.getStatus(), std::string(mostRead, '\0')};
        body.read(answer.body.data(), static_cast<std::streamsize>(mostRead));
        answer.body.resize(static_cast<std::size_t>(body.gcount()));
        return answer;
    } catch (const Poco::Exception& problem) {
        return Error::unavailable((speaks == Speaks::tls ? "https://" : "http://") + host + ":" +
                                  std::to_string(port) + path +
                                  " does not answer: " + problem.displayText());
    }
}

}  // namespace gatehouse
