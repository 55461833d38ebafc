// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>

#include "tls/CertificateSet.h"

#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace gatehouse {

/// Keeps the certificates of the listener as their files say. Threads: any.
class Certificates {
public:
    /// Long enough before the end for whoever renews it to have failed.
    static constexpr seconds warning{7 * 24 * 3600};

    Certificates(std::vector<CertificateFiles> files, const Clock& clock, Log& log,
                 Metrics& metrics);

    /// "FILE expires on 2026-12-01", or expired; empty while that is further away than `warning`.
    static std::string ageText(const std::string& file, TimePoint expires, TimePoint now);

    /// Reads them for the first time. The error says which and why.
    Status open();
    /// Reads the files again: when they have changed, new connections get what they say now, and
    /// nobody is disconnected. What is wrong with them is logged, and the ones before stay.
    void refresh() noexcept;
    /// After open(): for new connections.
    std::shared_ptr<const CertificateSet> current() const { return std::atomic_load(&current_); }
    /// Which have expired.
    std::vector<std::string> problems() const;

private:
    Result<std::vector<ServedCertificate>> read() const;
    Status serve(std::vector<ServedCertificate> certificates);
    void reread();
    void tell(const std::string& failure);
    void watchTime();

    const std::vector<CertificateFiles> files_;
    const Clock& clock_;
    Log& log_;
    Metrics& metrics_;
    const std::shared_ptr<TicketKeys> tickets_;
    std::shared_ptr<const CertificateSet> current_;  // only through std::atomic_load and _store
    std::mutex refreshing_;
    std::string failure_;  ///< of the last reading, told already
    std::vector<std::string> ages_;  ///< what was said last of each one's end
};

}  // namespace gatehouse
