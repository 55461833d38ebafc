// SPDX-License-Identifier: Apache-2.0
#include "http/HttpExchange.h"

#include "http/ClientConnection.h"
#include "http/LoopShare.h"
#include "http/RequestPipeline.h"

#include <utility>

namespace gatehouse {

std::shared_ptr<HttpExchange> HttpExchange::of(ClientConnection& connection,
                                               const LoopShare& share) {
    auto exchange = std::make_shared<HttpExchange>();
    exchange->begun = std::chrono::steady_clock::now();
    exchange->keepsAlive = connection.reader.keepsAlive();
    exchange->isOld = connection.reader.isOld();
    exchange->request = connection.reader.take();
    exchange->request.remoteAddress = connection.peer;
    exchange->request.isSecure = connection.tls != nullptr;
    exchange->request.clientCertificate = connection.clientCertificate;
    exchange->router = share.router();
    exchange->pipeline = share.pipeline;
    exchange->connection = connection.id;
    return exchange;
}

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
