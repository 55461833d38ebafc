// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/testkit/FakeClock.h>
#include <gatehouse/testkit/FakeLog.h>
#include <gatehouse/testkit/FakeMetrics.h>

#include "tls/Certificates.h"
#include "tls/TlsSession.h"

#include <filesystem>
#include <memory>
#include <string>

namespace gatehouse {

/// A folder with a certificate for localhost and its key, and what serves them.
class TlsBed {
public:
    TlsBed();
    ~TlsBed();

    /// Writes another certificate over the one before.
    void issue(TimePoint expires);
    void write(const std::string& file, const std::string& text) const;

    std::filesystem::path folder;
    CertificateFiles files;
    testkit::FakeClock clock;
    testkit::FakeLog log;
    testkit::FakeMetrics metrics;
    std::unique_ptr<Certificates> certificates;
};

/// A client and a server at the two ends of a pair of sockets that do not block.
class TlsPair {
public:
    /// `session`: to be resumed; may be null.
    TlsPair(const TlsBed& bed, int version, SSL_SESSION* session);
    ~TlsPair();
    TlsPair(const TlsPair&) = delete;
    TlsPair& operator=(const TlsPair&) = delete;

    /// Steps of both until both agree or one gives up; how it ended at the server.
    Transfer agree();
    /// What the client reads now; nothing when there is nothing.
    std::string read();
    void tellServer(const std::string& text) const;

private:
    int ends_[2];
    TlsContext context_;

public:
    TlsState client;
    std::unique_ptr<TlsSession> server;
    int serverEnd() const noexcept { return ends_[1]; }
    int clientEnd() const noexcept { return ends_[0]; }
};

}  // namespace gatehouse
