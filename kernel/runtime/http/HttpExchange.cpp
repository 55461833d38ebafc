// SPDX-License-Identifier: Apache-2.0
#include "http/HttpExchange.h"

#include "http/LoopMailbox.h"
#include "http/RequestPipeline.h"

#include <utility>

namespace gatehouse {

void HttpExchange::run() noexcept {
    if (isClaimed()) {
        return;
    }
    HttpResponse response = pipeline->handle(*this);
    if (!claim()) {
        return;
    }
    Answer answer;
    pipeline->finish(*this, std::move(response), answer.bytes);
    answer.connection = connection;
    answer.keepsAlive = keepsAlive;
    mailbox->post(std::move(answer));
}

}  // namespace gatehouse
