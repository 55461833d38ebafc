// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/SessionEnd.h>
#include <gatehouse/point/ClientMetadataRule.h>

#include "job/OwnJobs.h"
#include "login/SessionService.h"
#include "login/TokensAtEnd.h"
#include "plugin/Watched.h"
#include "store/InstanceNames.h"
#include "token/FamilyBook.h"

#include <map>
#include <string>
#include <vector>

namespace gatehouse {

class ClientDirectory;
class SubjectForms;

/// What comes of the end of a session: tokens that end with it, and clients that are told by the
/// plugins that know how. Threads: any.
class SessionEnds {
public:
    using Rules = std::vector<Host::Named<ClientMetadataRule>>;
    struct Parts {
        Host& host;
        ClientDirectory& clients;
        const FamilyBook& families;
        SharedJobs jobs;
        const SubjectForms& subjects;
    };

    /// `names`: of the rules' jobs, by instance.
    SessionEnds(const Parts& parts, TokensAtEnd tokens, const Rules& rules,
                std::map<std::string, InstanceNames> names);

    /// Of one session.
    struct Ending {
        std::vector<StoredJob> jobs;
        std::vector<FamilyBook::Ending> families;
    };
    /// Adds to the batch that ends the session what has to be durable with it.
    Result<Ending> add(const Context& context, const Session& session, Batch& batch) const;
    /// It is durable: here it is known at once.
    void begin(const Context& context, const Ending& ending) const;
    /// The same, and waits a moment until the clients were told once, or cannot be.
    void beginAndWait(const Context& context, const Ending& ending) const;
    /// What the browser loads that is signed out of this session.
    Result<std::vector<std::string>> frames(const Context& context, const Subject& subject,
                                            std::string_view sid,
                                            const std::vector<std::string>& clients) const;

private:
    struct Teller {
        Watched<ClientMetadataRule> plugin;
        const SessionEndJobs* jobs;
        const SessionEndFrames* frames;
        InstanceNames names;
    };
    template <class See>
    Status forEach(const Context& context, const std::vector<std::string>& clients,
                   const See& see) const;
    Status addFamilies(const Context& context, const Session& session, Batch& batch,
                       Ending& ending) const;
    bool endsWithIt(const Authorization& authorization, const Session& session) const;
    template <class Told, class Ask>
    Told told(const Context& context, const Teller& teller, const EndedSession& session,
              const Ask& ask) const;

    const Parts parts_;
    const TokensAtEnd tokens_;
    std::vector<Teller> tellers_;
};

}  // namespace gatehouse
