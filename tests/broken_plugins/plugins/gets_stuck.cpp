// SPDX-License-Identifier: Apache-2.0
#include "Broken.h"

#include <unistd.h>

namespace gatehouse {

/// Never comes back from its first event.
class StuckSink final : public PlainSink {
public:
    Status configure(const Config& /*config*/, Host& host) override {
        host_ = &host;
        return done();
    }
    void publish(const std::vector<Event>& /*events*/) noexcept override {
        host_->log().write(Level::info, "got stuck");
        for (;;) {
            ::pause();
        }
    }

private:
    Host* host_ = nullptr;
};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::StuckSink, "gets_stuck", "1.0.0", "Gets stuck at the first event")
