// SPDX-License-Identifier: Apache-2.0
#include "PocoSession.h"

#include "ConnectionText.h"
#include "PostgresFailure.h"

#include <Poco/Exception.h>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <memory>

namespace gatehouse {
namespace {

using Poco::Data::PostgreSQL::SessionHandle;
using Poco::Data::PostgreSQL::SessionImpl;

constexpr milliseconds goodbye{1000};

struct Finish {
    void operator()(PGconn* handle) const noexcept { PQfinish(handle); }
};
using Left = std::unique_ptr<PGconn, Finish>;

/// What Poco does not free: nothing when it did, or once it does.
Left disconnected(SessionHandle& handle) {
    handle.disconnect();
    return Left(static_cast<PGconn*>(handle));
}

/// The server has let go of the session when it hangs up: a role may have only one left.
void disconnectAndWait(SessionHandle& handle) {
    const int socket = ::fcntl(PQsocket(handle), F_DUPFD_CLOEXEC, 0);
    handle.disconnect();
    pollfd watched{socket, POLLIN, 0};
    ::poll(&watched, 1, static_cast<int>(goodbye.count()));
    ::close(socket);
}

/// A connection that cannot be made is out of reach in a session, but not in a handle.
void tryConnecting(const std::string& text) {
    Left left;
    SessionHandle handle;
    try {
        handle.connect(text);
        disconnectAndWait(handle);
    } catch (const Poco::Exception& problem) {
        left = disconnected(handle);
        throw PostgresFailure(PostgresFailure::Kind::absent,
                              oneLine(left ? PQerrorMessage(left.get()) : problem.message()));
    }
}

}  // namespace

PocoSession::PocoSession(const ServerAddress& server) {
    const ConnectionText text(server);
    tryConnecting(text.text());
    open(text.text());
}

PocoSession::~PocoSession() {
    const Left left = disconnected(dynamic_cast<SessionImpl&>(*session_->impl()).handle());
    session_.reset();
}

void PocoSession::open(const std::string& text) {
    try {
        session_.emplace(Poco::AutoPtr<Poco::Data::SessionImpl>(new SessionImpl(text)));
    } catch (const Poco::Exception& problem) {
        throw PostgresFailure(PostgresFailure::Kind::absent, oneLine(problem.message()));
    }
    handle_ = dynamic_cast<SessionImpl&>(*session_->impl()).handle();
}

}  // namespace gatehouse
