// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/RequestKeeper.h>
#include <gatehouse/RequiredSource.h>
#include <gatehouse/point/RequestSource.h>

#include "authorization/FoundRequest.h"
#include "authorization/SealedRequests.h"
#include "authorization/SourceParameter.h"
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

    /// Does one of them answer for the parameter, however its value begins?
    bool have(std::string_view parameter) const;
    /// Does one of them answer for a parameter that is there?
    bool areAskedAbout(const Form& form) const;
    /// The parameters that none of them answers for.
    Form unread(const Form& form) const;
    /// Of such a request: what it stands for. `once` is its own among all sources.
    Result<FoundRequest, OAuthError> read(const RequestInHand& request) const;
    /// What is kept of a request of this client; nullopt: nothing any more.
    Result<std::optional<FoundRequest>> read(const Context& context, const Client& client,
                                             const KeptRequest& kept) const;
    /// Does one of them have clients that must use it?
    bool areRequired() const noexcept { return areRequired_; }
    /// Why a request of this client that none of them answers for is refused; nullopt: it is not.
    std::optional<OAuthError> objection(const Client& client, bool isPushed) const {
        return objection(client, isPushed, nullptr);
    }

private:
    struct Link {
        Watched<RequestSource> source;
        std::vector<SourceParameter> parameters;
        const RequestKeeper* keeper;  ///< nullptr: it is none
        const RequiredSource* required;  ///< nullptr: nobody must use it

        /// How long the beginning is by which it answers for the field; nullopt: it does not.
        std::optional<std::size_t> answersFor(const Form::Field& field) const;
    };

    const Link* linkOf(const Form::Field& field) const;
    const Link* onlyLinkOf(const Form& form) const;
    std::optional<OAuthError> objection(const Client& client, bool isPushed,
                                        const Link* answers) const;
    Result<FoundRequest, OAuthError> asFound(const Link& link, const Client& client,
                                             const RequestRead& read) const;
    Result<FoundRequest, OAuthError> opened(const Link& link, const RequestInHand& request,
                                            const RequestRead& read) const;
    GoodOnce onceOf(const Link& link, const RequestRead& read) const;

    Crypto& crypto_;
    SealedRequests sealed_;
    std::vector<Link> links_;
    bool areRequired_ = false;
};

}  // namespace gatehouse
