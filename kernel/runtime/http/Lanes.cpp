// SPDX-License-Identifier: Apache-2.0
#include "http/Lanes.h"

#include "http/WorkerPool.h"

#include <algorithm>
#include <thread>
#include <utility>

namespace gatehouse {

namespace {

std::unique_ptr<WorkerPool> makePool(const char* lane, const LaneSize& size, Metrics& metrics) {
    Gauge& depth = metrics.gauge("gatehouse_http_lane_queue", "Requests waiting for a worker",
                                 {{"lane", lane}});
    return std::make_unique<WorkerPool>(lane, size, depth);
}

}  // namespace

LaneSize LaneSizes::peopleByDefault() {
    const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
    return {std::max<std::size_t>(4, 2 * cores), 256};
}

Lanes::Lanes(const LaneSizes& sizes, Metrics& metrics)
    : protocol_(makePool("protocol", sizes.protocol, metrics)),
      people_(makePool("people", sizes.people, metrics)),
      admin_(makePool("admin", sizes.admin, metrics)),
      login_(makePool("login", sizes.login, metrics)) {}

Lanes::~Lanes() = default;

bool Lanes::submit(Lane lane, std::shared_ptr<Job> job) {
    switch (lane) {
    case Lane::protocol: return protocol_->submit(std::move(job));
    case Lane::people: return people_->submit(std::move(job));
    case Lane::admin: return admin_->submit(std::move(job));
    case Lane::login: return login_->submit(std::move(job));
    case Lane::loop: break;
    }
    return false;
}

bool Lanes::areMoving() {
    bool areAllMoving = true;
    for (auto* pool : {protocol_.get(), people_.get(), admin_.get(), login_.get()}) {
        areAllMoving = pool->isMoving() && areAllMoving;
    }
    return areAllMoving;
}

}  // namespace gatehouse
