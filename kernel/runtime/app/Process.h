// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/point/KeyStore.h>

#include "app/EventBus.h"
#include "app/HostImpl.h"
#include "app/LentJose.h"
#include "app/Logging.h"
#include "app/MetricsRegistry.h"
#include "app/SystemClock.h"
#include "app/SystemRandom.h"
#include "app/Ticker.h"
#include "config/Configuration.h"
#include "crypto/KeyedCrypto.h"
#include "job/JobRunner.h"
#include "limit/RateLimiter.h"
#include "login/SubjectIds.h"
#include "outgoing/OutgoingService.h"
#include "store/ChangeFeed.h"
#include "store/ClockWatch.h"
#include "store/CommandEvents.h"
#include "store/Janitor.h"
#include "store/RecordService.h"
#include "token/ProofUse.h"
#include "token/RevocationSet.h"

#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace gatehouse {

class Router;
class Certificates;
class Services;

/// What lives as long as the process, whatever the configuration is reloaded to. Outlives every
/// generation.
class Process {
public:
    Process(const Configuration& configuration, Secret root, const Logging::Settings& logging);
    ~Process();
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    SharedServices shared();
    Clock& clock() noexcept { return clock_; }
    Logging& logging() noexcept { return logging_; }
    Log& log() noexcept { return *log_; }
    MetricsRegistry& metrics() noexcept { return metrics_; }
    EventBus& events() noexcept { return events_; }
    RevocationSet& revocations() noexcept { return revocations_; }
    RateLimiter& limits() noexcept { return limits_; }
    CommandEvents& commandEvents() noexcept { return commandEvents_; }
    SubjectIds& subjects() noexcept { return subjects_; }
    JobBook& jobBook() noexcept { return jobBook_; }
    JobRunner& jobs() noexcept { return jobs_; }

    /// Where records are kept, once; before they start. `passing` may be null.
    void useStorages(Storage& durable, Storage* passing);
    void useKeyStore(KeyStore& store);
    /// Whose end is a problem; while it serves.
    void useCertificates(const Certificates* certificates) noexcept {
        certificates_ = certificates;
    }
    bool hasStorage() const noexcept { return changes_ != nullptr; }
    /// After useStorages(): the durable one.
    Storage& storage() const noexcept { return *records_.durable(); }
    /// After useStorages().
    ChangeFeed& changes() noexcept { return *changes_; }

    /// Is the mark of this proof written in one batch with the tokens?
    bool isWithTokens(const ProofUse& use) const noexcept {
        return records_.isForBatches(use.kind, use.mark.until, use.mark.earliest);
    }

    void startRecords() { records_.start(); }
    void stopRecords() noexcept { records_.stop(); }
    /// Follows what other nodes change, and keeps house for the issuers that the current router has
    /// loaded. After the storages and `core` started.
    Status startFollowing(Services& core, std::function<std::shared_ptr<const Router>()> router);
    /// The core that hears of changes from now on; the one before is no longer used when this
    /// returns.
    void follow(Services* core);
    void stopFollowing() noexcept;

    /// Why this server should not get requests; empty: ready. Threads: any; does not block.
    std::vector<std::string> problems() const;
    void setServing(bool isServing) noexcept { isServing_ = isServing; }

private:
    void subscribe();
    void changed(const Change& change);
    void keepHouse(const Router& router);
    void refreshKeys(const Issuer& issuer);
    void handOutCommandEvents(IssuerId id);

    SystemClock clock_;
    SystemRandom random_;
    Logging logging_;
    std::unique_ptr<Log> log_;
    std::unique_ptr<Log> storeLog_;
    MetricsRegistry metrics_;
    KeyedCrypto crypto_;
    RecordService records_;
    SubjectIds subjects_;
    CommandEvents commandEvents_{records_, clock_, random_};
    LentJose jose_;
    std::unique_ptr<Log> outgoingLog_;
    std::unique_ptr<OutgoingService> outgoing_;
    JobBook jobBook_;
    JobHandlers jobHandlers_;
    std::unique_ptr<Log> jobLog_;
    JobRunner jobs_;
    RevocationSet revocations_;
    RateLimiter limits_;
    EventBus events_;
    Janitor janitor_;
    std::unique_ptr<ChangeFeed> changes_;
    std::unique_ptr<ClockWatch> clockWatch_;
    KeyStore* keyStore_ = nullptr;
    std::atomic<const Certificates*> certificates_{nullptr};
    std::mutex coreMutex_;
    Services* core_ = nullptr;
    std::atomic<bool> isServing_{false};
    std::mutex staleMutex_;
    std::set<IssuerId> stale_;  ///< another node has changed their keys
    std::set<IssuerId> commanded_;  ///< a command has left an audit event
    std::size_t refreshed_ = 0;  ///< position of the issuer whose keys are read next
    std::unique_ptr<Ticker> housekeeping_;
};

}  // namespace gatehouse
