// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Http.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/Plugin.h>
#include <gatehouse/RequestInHand.h>
#include <gatehouse/Result.h>
#include <gatehouse/Time.h>
#include <gatehouse/Value.h>

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// What a request stands for.
struct RequestRead {
    /// Nothing else of the request counts any more; they are checked as if they had come by query.
    /// `client_id` is the client's, or left out.
    Form parameters;
    /// The name, among all of this source, of a request that is good for one answer (RFC 9126
    /// section 4). The kernel notes with the answer, be it a code or an error, that it has it, and
    /// refuses it from then on: it may be opened as often as a person likes before. Empty: it is
    /// good for any number of answers.
    std::string once = {};
    TimePoint until = never;  ///< of what is good once: the source does not read it from then on

    // Of a source that is a RequestKeeper, in place of the parameters.
    std::string sealed = {};  ///< what Requests::check() gave: all of it counts, unchecked
    std::string reference = {};  ///< by which RequestKeeper::kept() finds it
};

/// Has the parameters of authorization requests that do not carry them: a request object, what a
/// client pushed before (RFC 9101, RFC 9126). Without one, they are those of the query or form.
class RequestSource : public Plugin {
public:
    static constexpr Point point{"request_source", 1, Cardinality::many};
    /// The parameters it answers for ("request_uri"); static storage. It is asked about requests
    /// that have one of them, and no others. Where several sources share one, they say how its
    /// value begins ("request_uri=urn:example:"): the longest beginning decides, none is the
    /// shortest. Nothing here, the same as another source's, and one that the server reads itself
    /// ("scope"), are an error at start. Discovery says of `request` and `request_uri` whether a
    /// source has them, however they begin.
    virtual std::vector<std::string_view> parameters() const = 0;
    /// What the request stands for. Asked each time it comes, not again at the pages that follow,
    /// and uses nothing up: whoever opens it may close it again. Nothing of the request is proven
    /// but that there is such a client. A refusal reaches the client at the `redirect_uri` of the
    /// request itself where that is a registered one, at its only one where the request names none,
    /// and else the person alone. Runs on the lane of people, for any stranger who knows a client's
    /// id; a client that pushes the request is told where it did so.
    virtual Result<RequestRead, OAuthError> read(const RequestInHand& request) const = 0;
    /// Adds its lines to the discovery document (RFC 8414 section 2).
    virtual void describe(const Issuer& /*issuer*/, ValueMap& /*metadata*/) const {}
};

}  // namespace gatehouse
