// SPDX-License-Identifier: Apache-2.0
#include "Broken.h"

namespace gatehouse {

constexpr Field fields[] = {{"base", Kind::text, optional, "where it records"}};

/// Nothing wrong with it: tells the log what happens to it.
class Sink final : public PlainSink {
public:
    Status configure(const Config& /*config*/, Host& host) override {
        host_ = &host;
        host_->log().write(Level::info, "configured");
        return done();
    }
    Status start() override {
        host_->log().write(Level::info, "started");
        return done();
    }
    void stop() noexcept override { host_->log().write(Level::info, "stopped"); }

private:
    Host* host_ = nullptr;
};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::Sink, "recording", "1.0.0", "Records its life", gatehouse::fields)
