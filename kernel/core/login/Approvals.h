// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/point/Approver.h>

#include "authorization/AuthorizationRequestReader.h"
#include "authorization/SealedRequests.h"
#include "job/OwnJobs.h"
#include "login/Session.h"
#include "plugin/Watched.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

class ClaimsPolicy;
class PersonDirectory;
class PromiseBook;
class SubjectForms;

/// Has `approver` plugins decide about promises, without any browser: a durable job for each asks
/// them until somebody has decided or time is over. Threads: any.
class Approvals {
public:
    /// All of it outlives this.
    struct Parts {
        Host& host;
        const SharedJobs& jobs;
        PersonDirectory& people;
        PromiseBook& promises;
        const SubjectForms& subjects;
        const ClaimsPolicy& claims;
    };
    Approvals(const Parts& parts, const AuthorizationRequestReader::Parts& reader,
              const std::vector<Host::Named<Approver>>& approvers);
    Approvals(const Approvals&) = delete;
    Approvals& operator=(const Approvals&) = delete;
    ~Approvals();

    /// They are asked about this one from now on. Nothing where there are none.
    Status begin(const Context& context, const std::string& reference) const;

private:
    /// All that is known of a promise.
    struct Case {
        OpenPromise promise;
        AuthorizationRequest request;
        SignedIn who;  ///< as if they had signed in now
    };
    Status look(const Context& context, const std::string& reference) const;
    Status askLater(const Context& context, const std::string& reference, seconds delay) const;
    Status tryLater(const Context& context, const std::string& reference, const Error& error) const;
    Result<std::optional<Case>> find(const Context& context, const std::string& reference) const;
    Result<std::optional<Case>> readAgain(const Context& context, OpenPromise promise,
                                          const Client& client, User person) const;
    Ruling ask(const Context& context, const Case& open, std::string& by) const;
    Status settle(const Context& context, Case open, const Ruling& ruling,
                  const std::string& by) const;
    Result<bool> keep(const Context& context, const Case& open) const;

    const Parts parts_;
    ClientDirectory& clients_;
    AuthorizationRequestReader reader_;
    SealedRequests sealed_;
    std::vector<Watched<Approver>> approvers_;
};

}  // namespace gatehouse
