// SPDX-License-Identifier: Apache-2.0
#include "app/Process.h"

#include "Services.h"
#include "app/OutgoingSettings.h"
#include "http/Router.h"
#include "jose/JoseService.h"
#include "text/Thrown.h"
#include "tls/Certificates.h"
#include "token/PromiseBook.h"

#include <algorithm>
#include <utility>

namespace gatehouse {

namespace {

constexpr milliseconds houseInterval{5000};
/// Issuers whose keys are read again in one go.
constexpr std::size_t keysEachTime = 8;

RateLimit limitOf(const CheckedConfig& settings, const std::string& name) {
    return {settings.number(name),
            std::chrono::duration_cast<seconds>(settings.duration(name + "_window"))};
}

JobRunner::Settings jobSettings(const CheckedConfig& given) {
    JobRunner::Settings settings;
    if (given.settings().empty()) {  // the file could not be read
        return settings;
    }
    settings.poll = given.duration("poll");
    settings.lease = given.duration("lease");
    settings.firstRetry = given.duration("first_retry");
    settings.longestRetry = given.duration("longest_retry");
    settings.giveUpAfter = given.duration("give_up_after");
    return settings;
}

RateLimits limitsOf(const CheckedConfig& settings) {
    RateLimits limits;
    if (settings.settings().empty()) {  // the file could not be read
        return limits;
    }
    limits.clientFailures = limitOf(settings, "client_failures");
    limits.passwordFailures = limitOf(settings, "password_failures");
    limits.clientAddressFailures = limitOf(settings, "client_address_failures");
    limits.addressFailures = limitOf(settings, "address_failures");
    limits.accountFailures = limitOf(settings, "account_failures");
    limits.requests = limitOf(settings, "requests");
    limits.publicPushes = limitOf(settings, "public_pushes");
    limits.newClients = limitOf(settings, "new_clients");
    return limits;
}

Status readAgain(KeyStore& store, const Context& context) {
    try {
        return store.refresh(context);
    } catch (...) {
        return Error::internal("refresh threw an exception: " + whatWasThrown());
    }
}

}  // namespace

Process::Process(const Configuration& configuration, Secret root, const Logging::Settings& logging)
    : logging_(logging, clock_), log_(logging_.log("server")), storeLog_(logging_.log("store")),
      crypto_(std::move(root)), records_(clock_), subjects_(crypto_, records_),
      outgoingLog_(logging_.log("outgoing")),
      outgoing_(makeOutgoing(configuration.outgoing(), clock_, *outgoingLog_)),
      jobBook_(records_, clock_, random_), jobLog_(logging_.log("jobs")),
      jobs_(jobBook_, jobHandlers_, {clock_, random_, *jobLog_, metrics_},
            jobSettings(configuration.jobs())),
      limits_(clock_, limitsOf(configuration.limits()), *log_, metrics_),
      events_(clock_, metrics_, logging_.log("events")), janitor_(clock_, *storeLog_) {}

Process::~Process() {
    stopFollowing();
}

SharedServices Process::shared() {
    return {clock_, random_,  metrics_,  events_,    crypto_,
            jose_,  records_, subjects_, *outgoing_, {jobBook_, jobHandlers_, jobs_}};
}

void Process::useStorages(Storage& durable, Storage* passing) {
    records_.addStorage(durable);
    janitor_.add(durable);
    if (passing != nullptr) {
        records_.addStorage(*passing, Keeps::passing);
        janitor_.add(*passing);
    }
    changes_ = std::make_unique<ChangeFeed>(durable, clock_, *storeLog_);
    clockWatch_ = std::make_unique<ClockWatch>(durable, clock_, *storeLog_, metrics_);
    subscribe();
}

void Process::useKeyStore(KeyStore& store) {
    keyStore_ = &store;
    jose_.give(std::make_unique<JoseService>(store, crypto_));
}

Status Process::startFollowing(Services& core,
                               std::function<std::shared_ptr<const Router>()> router) {
    follow(&core);
    clockWatch_->look();
    // The feed's thread wakes it, so it is there first and goes last.
    housekeeping_ = std::make_unique<Ticker>(houseInterval, [this, router = std::move(router)] {
        if (const auto current = router()) {
            keepHouse(*current);
        }
    });
    auto status = changes_->start();
    if (status) {
        janitor_.start();
        jobs_.start();
    }
    return status;
}

void Process::follow(Services* core) {
    const std::lock_guard lock(coreMutex_);
    core_ = core;
}

void Process::stopFollowing() noexcept {
    outgoing_->stop();
    jobs_.stop();
    janitor_.stop();
    if (changes_ != nullptr) {
        changes_->stop();
    }
    housekeeping_.reset();
    follow(nullptr);
}

std::vector<std::string> Process::problems() const {
    std::vector<std::string> problems;
    if (!isServing_) {
        problems.emplace_back("the server is starting or stopping");
    }
    if (changes_ != nullptr && !changes_->isFresh()) {
        problems.emplace_back("the storage was not read within the last second");
    }
    if (const auto wrong = clockWatch_ == nullptr ? std::nullopt : clockWatch_->problem()) {
        problems.push_back(*wrong);
    }
    if (const Certificates* certificates = certificates_) {
        const auto expired = certificates->problems();
        problems.insert(problems.end(), expired.begin(), expired.end());
    }
    for (const auto& sink : events_.stuck()) {
        problems.push_back(sink + " takes no audit events");
    }
    return problems;
}

void Process::subscribe() {
    changes_->subscribe("revocation", [this](const Change& change) {
        revocations_.add(change.notice.issuer, change.notice.key, change.notice.expires);
    });
    changes_->subscribe("unlock", [this](const Change& change) { limits_.unlock(change); });
    for (const char* topic :
         {"client", "key", "user", PromiseBook::topic, CommandEvents::topic, ChangeFeed::gap}) {
        changes_->subscribe(topic, [this](const Change& change) { changed(change); });
    }
}

/// Reading keys and events takes its time, and the feed's thread has none.
void Process::changed(const Change& change) {
    const bool isCommand = change.notice.topic == CommandEvents::topic;
    if (isCommand || change.notice.topic == "key") {
        {
            const std::lock_guard lock(staleMutex_);
            (isCommand ? commanded_ : stale_).insert(change.notice.issuer);
        }
        if (housekeeping_) {
            housekeeping_->wake();
        }
        return;
    }
    const std::lock_guard lock(coreMutex_);
    if (core_ != nullptr) {
        core_->changed(change);
    }
}

/// Keys change their state with time, over days; where issuers are many, some have their turn each
/// time. What has expired need not be remembered.
void Process::keepHouse(const Router& router) {
    revocations_.dropExpired(clock_.now());
    std::set<IssuerId> stale;
    std::set<IssuerId> commanded;
    {
        const std::lock_guard lock(staleMutex_);
        stale.swap(stale_);
        commanded.swap(commanded_);
    }
    for (const IssuerId issuer : commanded) {
        handOutCommandEvents(issuer);
    }
    const auto issuers = router.loaded();
    for (const Issuer* issuer : issuers) {
        if (stale.count(issuer->id) > 0) {
            refreshKeys(*issuer);
        }
    }
    const std::size_t turns = std::min(issuers.size(), keysEachTime);
    for (std::size_t turn = 0; turn < turns; ++turn) {
        const Issuer& issuer = *issuers[refreshed_++ % issuers.size()];
        refreshKeys(issuer);
        handOutCommandEvents(issuer.id);
    }
    clockWatch_->look();
}

void Process::refreshKeys(const Issuer& issuer) {
    const Context context{issuer, {}, {}, clock_.steady() + houseInterval};
    if (const auto refreshed = readAgain(*keyStore_, context); !refreshed) {
        log_->write(Level::warning, "keys not read again: " + refreshed.error().detail,
                    {{"issuer", std::int64_t{issuer.id}}});
    }
}

void Process::handOutCommandEvents(IssuerId id) {
    Issuer issuer;
    issuer.id = id;
    const Context context{issuer, {}, {}, clock_.steady() + houseInterval};
    if (const auto handedOut = commandEvents_.handOut(context, events_); !handedOut) {
        log_->write(Level::warning,
                    "audit events of commands not read: " + handedOut.error().detail,
                    {{"issuer", std::int64_t{id}}});
    }
}

}  // namespace gatehouse
