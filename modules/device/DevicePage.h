// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Http.h>
#include <gatehouse/facade/Pages.h>
#include <gatehouse/facade/Requests.h>

#include "GuessLimits.h"
#include "UserCodes.h"

#include <string>
#include <string_view>

namespace gatehouse {

/// Where a person types the code that their device shows (RFC 8628 section 3.3), and hears how it
/// went. What is between belongs to the kernel: login, and whether they allow it. Threads: any.
class DevicePage {
public:
    static constexpr const char* path = "/device";
    static constexpr const char* donePath = "/device/done";
    static constexpr const char* qrPath = "/device/qr";

    DevicePage(Host& host, const GuessLimits& limits)
        : host_(host), limits_(limits), codes_(host), pages_(host.one<Pages>()),
          requests_(host.one<Requests>()) {}

    /// RFC 8628 section 3.3.1.
    static std::string complete(const Issuer& issuer, std::string_view shownCode);

    HttpResponse show(const Context& context, const HttpRequest& request) const;
    HttpResponse post(const Context& context, const HttpRequest& request) const;
    HttpResponse tellEnd(const Context& context, const HttpRequest& request) const;
    /// complete() as a picture.
    HttpResponse qr(const Context& context, const HttpRequest& request) const;

private:
    HttpResponse ask(const Context& context, const HttpRequest& request, std::string_view code,
                     std::string_view problem) const;
    Result<std::optional<std::string>> promiseOf(const Context& context,
                                                 std::string_view typed) const;
    HttpResponse unavailable(const Context& context, const HttpRequest& request,
                             const Error& error) const;

    Host& host_;
    const GuessLimits& limits_;
    UserCodes codes_;
    const Pages& pages_;
    const Requests& requests_;
};

}  // namespace gatehouse
