// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Http.h>

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Ties pages to the browser they were shown in: a cookie names the browser, and every form carries
/// a token made from it, so that no other site can post it. Threads: any.
class FormGuard {
public:
    explicit FormGuard(Host& host) : host_(host) {}

    struct Browser {
        std::string name;  ///< issuer, and what is random: nobody but the browser knows it
        std::vector<Cookie> cookies;  ///< to set, when it had none
    };
    Browser browser(const Context& context, const HttpRequest& request,
                    std::string_view tab = {}) const;
    /// The same for a tab in which something begins. A browser that had no cookie gets one of the
    /// tab's own besides: of two first tabs, each keeps its name, whichever answer comes last.
    Browser begin(const Context& context, const HttpRequest& request, std::string_view tab) const;
    /// What a record keeps of a browser's name.
    std::string hashOf(std::string_view name) const;
    /// The hidden input "csrf" of a form; `purpose` is the interaction's id, or the page's name.
    std::string token(const Browser& browser, std::string_view purpose) const;
    /// Was this form on a page that this browser was shown?
    bool accepts(const Context& context, const HttpRequest& request, const Form& form,
                 std::string_view purpose, std::string_view tab = {}) const;

private:
    Host& host_;
};

}  // namespace gatehouse
