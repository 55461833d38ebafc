// SPDX-License-Identifier: Apache-2.0
#include "http/ProxyTrust.h"

#include "http/ClientCertField.h"
#include "http/HttpGrammar.h"
#include "http/RequestId.h"

#include <algorithm>
#include <string_view>

namespace gatehouse {

namespace {

/// Some proxies add the port: "192.0.2.1:80", "[2001:db8::1]:80".
std::string_view withoutPort(std::string_view text) {
    if (!text.empty() && text.front() == '[') {
        const auto end = text.find(']');
        return end == std::string_view::npos ? text : text.substr(1, end - 1);
    }
    const auto colon = text.find(':');
    const bool isOnly = colon != std::string_view::npos && colon == text.rfind(':');
    return isOnly ? text.substr(0, colon) : text;
}

std::string_view lastElement(std::string_view list) {
    std::string_view last;
    eachElement(list, [&last](std::string_view element) { last = element; });
    return last;
}

}  // namespace

Result<ProxyTrust> ProxyTrust::of(const std::vector<std::string>& ranges, bool tellsCertificates) {
    ProxyTrust trust;
    trust.tellsCertificates_ = tellsCertificates;
    for (const auto& text : ranges) {
        const auto range = AddressRange::parse(text);
        if (!range) {
            return Error::badInput("trusted_proxies: \"" + text +
                                   "\" is not an address or a range like 10.0.0.0/8");
        }
        trust.ranges_.push_back(*range);
    }
    return trust;
}

bool ProxyTrust::trusts(const NetworkAddress& address) const noexcept {
    return std::any_of(ranges_.begin(), ranges_.end(),
                       [&](const auto& range) { return range.contains(address); });
}

void ProxyTrust::apply(HttpRequest& request) const {
    applyAddress(request);
    request.clientCertificate = tellsCertificates_ ? clientCertificateIn(request) : nullptr;
    for (const auto& field : request.headers) {
        if (field.name == "x-forwarded-proto") {
            request.isSecure = equalsIgnoringCase(lastElement(field.value), "https");
        } else if (field.name == "x-request-id" && isRequestId(field.value)) {
            request.requestId = field.value;
        }
    }
}

void ProxyTrust::applyAddress(HttpRequest& request) const {
    std::vector<std::string_view> hops;
    for (const auto& field : request.headers) {
        if (field.name == "x-forwarded-for") {
            eachElement(field.value, [&hops](std::string_view hop) { hops.push_back(hop); });
        }
    }
    for (auto hop = hops.rbegin(); hop != hops.rend(); ++hop) {
        const auto address = NetworkAddress::parse(withoutPort(*hop));
        if (!address) {
            return;
        }
        request.remoteAddress = address->text();
        if (!trusts(*address)) {
            return;
        }
    }
}

}  // namespace gatehouse
