// SPDX-License-Identifier: Apache-2.0
#include "WebhookSink.h"

#include "DeliveryText.h"
#include "WebhookSignature.h"
#include "text/Base64Url.h"

#include <stdexcept>

namespace gatehouse {
namespace {

constexpr const char* deliveries = "deliver";
constexpr std::size_t idSize = 18;
constexpr seconds patience{5};
constexpr milliseconds pause{500};
constexpr std::size_t mostAnswer = 65'536;

constexpr Field fields[] = {
    {"url", Kind::url, required, "where events are told, by POST"},
    {"secret", Kind::secret, required,
     "that deliveries are signed with, 24 bytes or more; or whsec_ and its base64",
     between(24, 512)},
    {"batch", Kind::number, byDefault("100"), "most events of one delivery", between(1, 500)},
};

constexpr const char* needs[] = {"storage"};

/// Batches are no issuer's.
const Issuer& server() {
    static const Issuer issuer{0, {}, {}};
    return issuer;
}

}  // namespace

Status WebhookSink::configure(const Config& config, Host& host) {
    host_ = &host;
    url_ = config.text("url");
    batch_ = static_cast<std::size_t>(config.number("batch"));
    calls_ = &host.http().purpose("audit_events");
    taken_ = &host.metrics().counter("gatehouse_webhook_events_total",
                                     "Audit events that are durable, to be told to a webhook",
                                     {{"sink", std::string(host.instance())}});
    auto key = webhookKey(config.secret("secret"));
    if (!key) {
        return Error::badInput(config.place("secret") + ": " + key.error().detail);
    }
    key_ = *std::move(key);
    return done();
}

Status WebhookSink::start() {
    host_->jobs().handle(deliveries, [this](const Context& context, const DueJob& job) {
        return deliver(context, job);
    });
    return done();
}

void WebhookSink::stop() noexcept {
    const std::lock_guard lock(mutex_);
    isStopping_ = true;
    stopping_.notify_all();
}

void WebhookSink::publish(const std::vector<Event>& events) {
    for (auto next = events.begin(); next != events.end();) {
        DeliveryText delivery(base64url(host_->random().bytes(idSize)));
        while (next != events.end() && delivery.size() < batch_ && delivery.add(*next)) {
            ++next;
        }
        keep(delivery);
    }
}

/// Under the same id however often it has to be tried: nobody can tell whether a storage that fell
/// silent has it already.
void WebhookSink::keep(const DeliveryText& delivery) {
    const std::string payload = delivery.id() + "\n" + delivery.text();
    for (;;) {
        const Context context{server(), delivery.id(), {}, host_->clock().steady() + patience};
        const auto added = host_->jobs().add(context, {deliveries, "", payload, {}});
        if (added) {
            return taken_->add(delivery.size());
        }
        if (!added.error().isTemporary()) {
            throw std::runtime_error(added.error().detail);
        }
        std::unique_lock lock(mutex_);
        if (stopping_.wait_for(lock, pause, [this] { return isStopping_; })) {
            throw std::runtime_error("the server stops, and the storage is away");
        }
    }
}

/// Whatever goes wrong may be put right at either end, so it is tried again; "410 Gone" is final
/// (Standard Webhooks).
Status WebhookSink::deliver(const Context& context, const DueJob& job) const {
    constexpr int gone = 410;
    const auto end = job.payload.find('\n');
    const auto id = job.payload.substr(0, end);
    const auto now = toSeconds(host_->clock().now());
    OutgoingRequest request;
    request.method = "POST";
    request.url = url_;
    request.body = job.payload.substr(end + 1);
    request.headers = {{"Content-Type", "application/json"},
                       {"webhook-id", id},
                       {"webhook-timestamp", std::to_string(now)},
                       {"webhook-signature", webhookSignature(key_, id, now, request.body)}};
    request.mostBytes = mostAnswer;
    const auto answer = calls_->send(context, request);
    if (!answer) {
        return Error::unavailable(answer.error().detail);
    }
    if (answer->status / 100 == 2) {
        return done();
    }
    const auto what = "the receiver answered " + std::to_string(answer->status);
    return answer->status == gone ? Error::notAllowed(what) : Error::unavailable(what);
}

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::WebhookSink, "webhook", "0.1.0", "Audit events told to a URL, signed",
                 gatehouse::fields, gatehouse::needs)
