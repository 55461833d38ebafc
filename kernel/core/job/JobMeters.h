// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>

#include <string>

namespace gatehouse {

/// What happens to jobs, counted by their handlers. Threads: any.
class JobMeters {
public:
    /// `metrics` must outlive this.
    explicit JobMeters(Metrics& metrics)
        : metrics_(metrics),
          waiting_(metrics.gauge("gatehouse_jobs_waiting",
                                 "Durable jobs that are to be done, up to 10000")),
          dead_(metrics.gauge("gatehouse_jobs_dead",
                              "Durable jobs that were given up, up to 10000")) {}

    void done(const std::string& handler) {
        count("gatehouse_jobs_done_total", "Durable jobs done", handler);
    }
    void failed(const std::string& handler) {
        count("gatehouse_jobs_failed_total", "Tries of durable jobs that failed", handler);
    }
    void dead(const std::string& handler) {
        count("gatehouse_jobs_given_up_total", "Durable jobs given up", handler);
    }
    void all(std::size_t waiting, std::size_t dead) {
        waiting_.set(static_cast<double>(waiting));
        dead_.set(static_cast<double>(dead));
    }

private:
    void count(std::string_view name, std::string_view help, const std::string& handler) {
        metrics_.counter(name, help, {{"handler", handler}}).add();
    }

    Metrics& metrics_;
    Gauge& waiting_;
    Gauge& dead_;
};

}  // namespace gatehouse
