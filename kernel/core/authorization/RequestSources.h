// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/RequiredSource.h>
#include <gatehouse/point/RequestSource.h>

#include "plugin/Watched.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Who has the parameters of requests that do not carry them; made once a generation. What a plugin
/// throws or answers amiss is `server_error`. Threads: any.
class RequestSources {
public:
    RequestSources(Host& host, const std::vector<Host::Named<RequestSource>>& plugins);

    /// May no source answer for this parameter, because the server reads it itself?
    static bool isOwn(std::string_view parameter);

    /// Does one of them answer for the parameter?
    bool have(std::string_view parameter) const;
    /// Does one of them answer for a parameter that is there?
    bool areAskedAbout(const Form& form) const;
    /// The parameters that none of them answers for.
    Form unread(const Form& form) const;
    /// Of such a request: what it stands for. `once` is its own among all sources.
    Result<RequestRead, OAuthError> read(const RequestInHand& request) const;
    /// Does one of them have clients that must use it?
    bool areRequired() const noexcept { return !required_.empty(); }
    /// Why a request of this client that none of them answers for is refused; nullopt: it is not.
    std::optional<OAuthError> objection(const Client& client) const;

private:
    struct Link {
        Watched<RequestSource> source;
        std::vector<std::string> parameters;

        bool isAskedAbout(const Form& form) const;
    };

    Crypto& crypto_;
    struct Required {
        Watched<RequestSource> plugin;
        const RequiredSource* source;
    };

    std::vector<Link> links_;
    std::vector<Required> required_;
};

}  // namespace gatehouse
