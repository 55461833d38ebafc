// SPDX-License-Identifier: Apache-2.0
#include "Broken.h"

namespace gatehouse {

/// Fails half-way: what start() opened, stop() has to close.
class Sink final : public PlainSink {
public:
    Status configure(const Config& /*config*/, Host& host) override {
        host_ = &host;
        return done();
    }
    Status start() override {
        return Error::unavailable("cannot reach 192.0.2.1: timed out after 3s");
    }
    void stop() noexcept override { host_->log().write(Level::info, "stopped"); }

private:
    Host* host_ = nullptr;
};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::Sink, "fails_start", "1.0.0", "Cannot start")
