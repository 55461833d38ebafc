// SPDX-License-Identifier: Apache-2.0
#include "authorization/ResponseModes.h"

#include <algorithm>

namespace gatehouse {

namespace {

/// The redirect URI, and behind it a query or fragment in printable ASCII.
bool leadsTo(std::string_view redirectUri, std::string_view location) {
    const auto rest = location.substr(std::min(redirectUri.size(), location.size()));
    const bool isPlain =
        std::all_of(rest.begin(), rest.end(), [](char c) { return c > 0x20 && c < 0x7f; });
    return isPlain && location.substr(0, redirectUri.size()) == redirectUri && !rest.empty() &&
           (rest.front() == '?' || rest.front() == '&' || rest.front() == '#');
}

}  // namespace

ResponseModes::ResponseModes(Host& host, const std::vector<Host::Named<ResponseMode>>& plugins)
    : log_(host.log()) {
    modes_.emplace_back(host, Host::Named<ResponseMode>{"query", &query_});
    modes_.emplace_back(host, Host::Named<ResponseMode>{"form_post", &formPost_});
    for (const auto& named : plugins) {
        modes_.emplace_back(host, named);
    }
}

std::vector<std::string> ResponseModes::names() const {
    std::vector<std::string> names;
    for (const auto& mode : modes_) {
        names.emplace_back(mode.plugin().mode());
    }
    return names;
}

Result<AnswerOnItsWay> ResponseModes::write(std::string_view mode,
                                            const AnswerInHand& answer) const {
    const auto& found = *find(mode);
    auto written = found.ask([&](const ResponseMode& plugin) { return plugin.write(answer); });
    if (written && !written->location.empty() &&
        !leadsTo(answer.redirectUri(), written->location)) {
        written = found.fault("it leads elsewhere than to the redirect URI");
    }
    if (!written) {
        log_.write(answer.context(), Level::error,
                   "answer to an authorization request not written: " + written.error().detail,
                   {{"client", answer.client().id}});
    }
    return written;
}

const Watched<ResponseMode>* ResponseModes::find(std::string_view mode) const noexcept {
    const auto found = std::find_if(modes_.begin(), modes_.end(), [&](const auto& known) {
        return known.plugin().mode() == mode;
    });
    return found == modes_.end() ? nullptr : &*found;
}

}  // namespace gatehouse
