// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/OwnCrypto.h"
#include "job/OwnJobs.h"
#include "loader/Instance.h"
#include "outgoing/PluginCalls.h"
#include "store/OwnRecords.h"
#include "token/OwnTickets.h"
#include "web/LentWeb.h"

#include <memory>
#include <string>

namespace gatehouse {

/// What all hosts share; outlives every instance.
struct SharedServices {
    Clock& clock;
    Random& random;
    Metrics& metrics;
    Events& events;
    Crypto& crypto;
    Jose& jose;
    Records& records;
    Subjects& subjects;
    OutgoingService& outgoing;
    SharedJobs jobs;
};

/// What the records and crypto labels of an instance are called.
InstanceNames namesOf(const Instance& instance);

/// The Host of one instance: shared services, and a log, keys and records of its own.
class HostImpl final : public GivenHost {
public:
    HostImpl(const InstanceSetup& setup, const SharedServices& shared, std::unique_ptr<Log> log);

    Clock& clock() noexcept override { return shared_.clock; }
    Random& random() noexcept override { return shared_.random; }
    Log& log() noexcept override { return *log_; }
    Metrics& metrics() noexcept override { return shared_.metrics; }
    Events& events() noexcept override { return shared_.events; }
    Crypto& crypto() noexcept override { return crypto_; }
    Jose& jose() noexcept override { return shared_.jose; }
    Records& records() noexcept override { return records_; }
    Subjects& subjects() noexcept override { return shared_.subjects; }
    Web& web() noexcept override { return web_; }
    void keepPlainNames() override;
    Outgoing& http() noexcept override { return http_; }
    Jobs& jobs() noexcept override { return jobs_; }
    Tickets& tickets() noexcept override { return tickets_; }
    void end() noexcept override { jobs_.end(); }

private:
    SharedServices shared_;
    std::unique_ptr<Log> log_;
    OwnCrypto crypto_;
    OwnRecords records_;
    PluginCalls http_;
    OwnJobs jobs_;
    OwnTickets tickets_;
    LentWeb web_;
};

}  // namespace gatehouse
