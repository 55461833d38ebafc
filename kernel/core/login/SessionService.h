// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Http.h>
#include <gatehouse/Records.h>
#include <gatehouse/Token.h>
#include <gatehouse/User.h>

#include "login/PeopleHere.h"
#include "login/PersonDirectory.h"
#include "login/Session.h"
#include "login/SessionWatch.h"
#include "store/Handle.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

class SessionCookies;
class SessionEnds;

/// What somebody did to sign in.
struct Proof {
    std::vector<std::string> amr;
    std::vector<std::string> steps;
    bool isAdded = false;  ///< to what the browser's session holds already
    bool isBeside = false;  ///< who else is signed in there stays so
};

struct SessionLifetimes {
    seconds lifetime{43200};
    seconds idle{7200};
    bool isExpiryTold = false;  ///< or it is over, and nothing else
};

/// Keeps single sign-on sessions, found by a cookie that is worth nothing to who reads the storage.
/// A browser uses one, and may have those of other people beside it. Threads: any.
class SessionService {
public:
    /// Of a session; with one more, the one that came first is forgotten, and not told of its end.
    static constexpr std::size_t mostClients = 200;

    /// All of it outlives this.
    struct Parts {
        Host& host;
        HandleMaker& handles;
        PersonDirectory& people;
        const SessionEnds& ends;
        SharedJobs jobs;
    };
    SessionService(const Parts& parts, SessionLifetimes lifetimes);

    /// The session that the browser uses; nullopt: none, too old, or its person is gone or
    /// disabled, which ends it.
    Result<std::optional<SignedIn>> find(const Context& context, const HttpRequest& request) const;
    /// That and those beside it.
    Result<PeopleHere> findAll(const Context& context, const HttpRequest& request) const;

    /// Whether the session of this selector has not ended.
    Result<bool> isThere(const Context& context, std::string_view selector) const;

    struct Opened {
        SignedIn who;
        std::vector<Cookie> cookies;
    };
    /// Adds to the batch a new session, to be used, for who has just proved who they are. Theirs
    /// that the browser has is gone then (no session fixation): the new one goes on with its
    /// clients, who know it by the same `sid`, and where proof is added with its times; the batch
    /// expects that it is unchanged. That of another person, if it is used, has ended when this
    /// returns, unless the new one is to be beside it.
    Result<Opened> open(const Context& context, const HttpRequest& request, const Subject& subject,
                        const User& person, const Proof& proof, Batch& batch) const;

    /// The batch that opens the session did not apply, as the earlier one was changed by another
    /// tab: now it follows that. Where it has ended, the new one stays as it is.
    Status catchUp(const Context& context, const HttpRequest& request, Session& session,
                   Batch& batch) const;

    /// Adds to the batch that the client, or without one a page of the server's own, is answered
    /// from this session, which keeps it from idling out. The batch then expects that the session
    /// is still there.
    void visit(Session& session, std::string_view clientId, Batch& batch) const;

    /// What tells the browser to use the session of this selector, which it has.
    static std::vector<Cookie> use(const Context& context, const HttpRequest& request,
                                   std::string_view selector);

    /// Ends those in the browser that have these `sid`s; their clients are told, which is waited
    /// for a moment. The cookies take them, and what is no more, out of the browser.
    Result<std::vector<Cookie>> end(const Context& context, const HttpRequest& request,
                                    const std::vector<std::string>& sids) const;
    /// Ends the person's of this `sid`, in whatever browser. False: there is none.
    Result<bool> endOne(const Context& context, std::string_view sub, std::string_view sid,
                        const std::string& remoteAddress) const;
    /// Every session of a person, in whatever browsers.
    Result<std::vector<Session>> list(const Context& context, std::string_view sub) const;
    /// Ends them all, and no browser of the person is remembered for anything.
    Status endAll(const Context& context, std::string_view sub) const;

private:
    Result<std::optional<Session>> read(const Context& context,
                                        const std::optional<Handle>& handle) const;
    Result<std::optional<SignedIn>> find(const Context& context, const HttpRequest& request,
                                         const std::optional<Handle>& handle) const;
    Result<std::optional<Session>> takeOf(const Context& context, std::string_view sub,
                                          SessionCookies& cookies) const;
    Status leave(const Context& context, const HttpRequest& request,
                 const std::optional<Handle>& handle) const;
    Result<std::optional<Session>> load(const Context& context, const std::string& selector) const;
    TimePoint endOf(const Session& session) const;
    Status watch(const Context& context, const Session& session, Batch& batch) const;
    Status lookAt(const Context& context, const std::string& selector) const;
    Record recordOf(const Session& session) const;
    void put(const Session& session, Batch& batch) const;
    static void replace(const Session& earlier, Session& session, bool isAdded, Batch& batch);
    enum class Wait { no, forClients };
    Status erase(const Context& context, Session session, const std::string& remoteAddress,
                 Wait wait) const;
    /// False: it is not what it was.
    Result<bool> eraseUnchanged(const Context& context, const Session& session,
                                const std::string& remoteAddress, Wait wait) const;

    Host& host_;
    HandleMaker& handles_;
    PersonDirectory& people_;
    const SessionEnds& ends_;
    SessionLifetimes lifetimes_;
    std::optional<SessionWatch> watch_;  ///< where expiry is told
};

}  // namespace gatehouse
