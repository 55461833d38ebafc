// SPDX-License-Identifier: Apache-2.0
#include "http/LoopMailbox.h"

#include <utility>

namespace gatehouse {

void LoopMailbox::post(Answer answer) {
    bool wasAsleep = false;
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        mail_.answers.push_back(std::move(answer));
        wasAsleep = std::exchange(isAsleep_, false);
    }
    if (wasAsleep) {
        wakeUp_.ring();
    }
}

void LoopMailbox::post(AcceptedSocket socket) {
    bool wasAsleep = false;
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        mail_.sockets.push_back(std::move(socket));
        wasAsleep = std::exchange(isAsleep_, false);
    }
    if (wasAsleep) {
        wakeUp_.ring();
    }
}

void LoopMailbox::nudge() {
    const std::lock_guard<std::mutex> lock(mutex_);
    isNudged_ = true;
    if (std::exchange(isAsleep_, false)) {
        wakeUp_.ring();
    }
}

bool LoopMailbox::fallAsleep() {
    const std::lock_guard<std::mutex> lock(mutex_);
    isAsleep_ = mail_.answers.empty() && mail_.sockets.empty() && !isNudged_;
    return isAsleep_;
}

void LoopMailbox::collect(Mail& mail) {
    const std::lock_guard<std::mutex> lock(mutex_);
    isAsleep_ = false;
    isNudged_ = false;
    std::swap(mail, mail_);
}

}  // namespace gatehouse
