// SPDX-License-Identifier: Apache-2.0
#include "app/Server.h"

#include "Services.h"
#include "app/ReloadRules.h"
#include "app/RootSecret.h"
#include "app/ServerSettings.h"
#include "app/StopLimit.h"
#include "app/cli/Command.h"
#include "text/Printable.h"
#include "text/Thrown.h"

#include <algorithm>
#include <csignal>
#include <ctime>
#include <iostream>
#include <iterator>
#include <set>
#include <utility>

namespace gatehouse {

namespace {

/// For plugins to stop, once requests have ended.
constexpr milliseconds pluginStopLimit{20'000};
/// Between looks at whether the last request of a replaced generation has ended.
constexpr milliseconds retiringInterval{50};
/// Between looks at whether the files of a certificate have changed.
constexpr milliseconds certificateInterval{10'000};

sigset_t handledSignals() {
    sigset_t signals;
    ::sigemptyset(&signals);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        ::sigaddset(&signals, signal);
    }
    return signals;
}

/// The next signal; 0 when none came in time.
int waitForSignal(bool isInHurry) {
    const sigset_t signals = handledSignals();
    const timespec soon{0, std::chrono::nanoseconds(retiringInterval).count()};
    return std::max(0, isInHurry ? ::sigtimedwait(&signals, nullptr, &soon)
                                 : ::sigwaitinfo(&signals, nullptr));
}

/// In one go, so that no line of the log comes between.
int refuse(const Problems& problems) {
    std::cerr << problems.report();
    return ExitCode::config;
}

/// Why the step failed; what a plugin throws there does not end the server.
template <class Step> std::optional<std::string> failureOf(const Step& step) {
    try {
        return step();
    } catch (...) {
        return "a plugin threw an exception: " + whatWasThrown();
    }
}

std::string joined(const std::vector<std::string>& texts) {
    std::string all;
    for (const auto& text : texts) {
        all += (all.empty() ? "" : ", ") + text;
    }
    return all;
}

}  // namespace

Server::Server(ConfigurationInput input) : input_(std::move(input)), manager_(input_.environment) {}

Server::~Server() = default;

void Server::blockSignals() {
    const sigset_t signals = handledSignals();
    ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

int Server::run() {
    const int failed = start();
    if (failed != ExitCode::done) {
        return failed;
    }
    serve();
    stop();
    return ExitCode::done;
}

int Server::start() {
    Problems problems;
    Configuration configuration = Configuration::read(input_, problems);
    using WhenMissing = RootSecret::WhenMissing;
    auto root = RootSecret::find(configuration,
                                 problems.empty() ? WhenMissing::make : WhenMissing::pretend);
    process_ = std::make_unique<Process>(configuration, std::move(root.bytes),
                                         loggingSettings(configuration.logging()));
    current_ = std::make_unique<Generation>(*process_, std::move(configuration),
                                            Generation::Scope::server);
    problems.add(current_->prepare());
    if (!problems.empty()) {
        return refuse(problems);
    }
    tell(problems.warnings());
    const auto failure = root.failure.empty() ? failureOf([this] { return startFirst(); })
                                              : std::optional(root.failure);
    if (failure) {
        process_->stopFollowing();
        current_->stop();
        process_->logging().flush();
        std::cerr << "gatehouse: " + printable(*failure) + "\ngatehouse: nothing was started\n";
        return ExitCode::unavailable;
    }
    return ExitCode::done;
}

std::optional<std::string> Server::startFirst() {
    if (const auto opened = listen(); !opened) {
        return opened.error().detail;
    }
    process_->startRecords();
    if (auto problem = current_->startFirst()) {
        return problem;
    }
    const auto router = current_->makeRouter();
    Status ready = router ? process_->startFollowing(current_->core(),
                                                     [this] { return std::atomic_load(&router_); })
                          : Status{router.error()};
    ready = ready ? RootSecret::settle(current_->configuration()) : ready;
    if (!ready) {
        return ready.error().detail;
    }
    open(*router);
    listener_->start();
    process_->setServing(true);
    process_->log().write(Level::info, "started: " + joined(current_->startOrder()));
    process_->log().write(Level::info, listeningOn());
    watchdog_ = std::make_unique<Watchdog>(manager_, *listener_, *lanes_, *httpLog_);
    manager_.ready(listeningOn());
    return std::nullopt;
}

Status Server::openCertificates() {
    std::vector<CertificateFiles> files;
    for (const auto& entry : current_->configuration().tls()) {
        files.push_back(entry.files);
    }
    if (files.empty()) {
        return done();
    }
    certificates_ = std::make_unique<Certificates>(std::move(files), process_->clock(), *httpLog_,
                                                   process_->metrics());
    auto opened = certificates_->open();
    if (opened) {
        process_->useCertificates(certificates_.get());
        certificateWatch_ =
            std::make_unique<Ticker>(certificateInterval, [this] { certificates_->refresh(); });
    }
    return opened;
}

Status Server::listen() {
    const auto inherited = manager_.listeningSocket();
    if (!inherited) {
        return inherited.error();
    }
    const auto& server = current_->configuration().server();
    auto settings = listenerSettings(server, current_->configuration().mtls());
    settings.inheritedSocket = inherited->value_or(-1);
    httpLog_ = process_->logging().log("http");
    if (auto opened = openCertificates(); !opened) {
        return opened;
    }
    settings.certificates = certificates_.get();
    lanes_ = std::make_unique<Lanes>(laneSizes(server), process_->metrics());
    listener_ = std::make_unique<Listener>(
        settings, *lanes_, [this] { return std::atomic_load(&router_); }, *httpLog_,
        process_->metrics(), process_->clock());
    return listener_->open();
}

std::string Server::listeningOn() const {
    return "listening on " + listener_->address() + (certificates_ ? " with TLS" : "");
}

void Server::open(std::shared_ptr<const Router> router) {
    process_->events().setSinks(current_->eventSinks());
    process_->jobs().setIssuers(current_->issuers());
    std::atomic_store(&router_, std::move(router));
    for (const auto& one : current_->satOut()) {
        process_->log().write(Level::warning,
                              "optional " + one.label + " takes no part: " + one.why);
    }
    process_->metrics()
        .gauge("gatehouse_plugins_sat_out", "Optional plugins that could not be started", {})
        .set(static_cast<double>(current_->satOut().size()));
}

void Server::serve() {
    for (;;) {
        const int signal = waitForSignal(!retiring_.empty());
        if (signal == SIGHUP) {
            reload();
        } else if (signal == SIGTERM || signal == SIGINT) {
            process_->log().write(Level::info, "stopping");
            return;
        }
        retireUnused();
    }
}

void Server::reload() {
    manager_.reloading();
    const auto failure = failureOf([this] { return tryReload(); });
    process_->metrics()
        .counter("gatehouse_reloads_total", "Reloads of the configuration",
                 {{"outcome", failure ? "refused" : "done"}})
        .add();
    if (failure) {
        process_->log().write(Level::error, "reload refused, nothing changed: " + *failure);
        manager_.ready(listeningOn() + "; reload refused, nothing changed: " + *failure);
    } else {
        process_->log().write(Level::info, "reloaded");
        manager_.ready(listeningOn());
    }
}

std::optional<std::string> Server::tryReload() {
    Problems problems;
    Configuration wanted = Configuration::read(input_, problems);
    const auto changed = needsRestart(current_->configuration(), wanted);
    auto next =
        std::make_unique<Generation>(*process_, std::move(wanted), Generation::Scope::server);
    problems.add(next->prepare(current_.get()));
    next->checkFiles(inUse(next->configuration().issuers()), problems);
    if (!problems.empty()) {
        return reported(problems);
    }
    tell(problems.warnings());
    if (!changed.empty()) {
        return "changes to " + joined(changed) + " need a restart";
    }
    return replaceWith(std::move(next));
}

/// Those that are served now and go on: a mistake in their files must not take them down.
std::vector<IssuerEntry> Server::inUse(const std::vector<IssuerEntry>& issuers) const {
    std::set<IssuerId> loaded;
    for (const Issuer* issuer : std::atomic_load(&router_)->loaded()) {
        loaded.insert(issuer->id);
    }
    std::vector<IssuerEntry> served;
    if (issuers.size() > 1) {  // the only one is looked at by prepare()
        std::copy_if(issuers.begin(), issuers.end(), std::back_inserter(served),
                     [&](const auto& entry) { return loaded.count(entry.issuer.id) > 0; });
    }
    return served;
}

void Server::tell(const std::vector<Problem>& warnings) {
    for (const auto& warning : warnings) {
        process_->log().write(Level::warning, warning.line());
    }
}

std::string Server::reported(const Problems& problems) {
    for (const auto& problem : problems) {
        process_->log().write(Level::error, "reload: " + problem.line());
    }
    return problems.count();
}

std::optional<std::string> Server::replaceWith(std::unique_ptr<Generation> next) {
    if (auto problem = next->start()) {
        return problem;
    }
    auto router = next->makeRouter();
    if (!router) {
        return router.error().detail;
    }
    process_->logging().setLevel(loggingSettings(next->configuration().logging()).level);
    if (certificateWatch_) {
        certificateWatch_->wake();
    }
    std::swap(current_, next);
    process_->follow(&current_->core());
    open(*std::move(router));
    retiring_.push_back(std::move(next));
    return std::nullopt;
}

void Server::retireUnused() {
    for (auto old = retiring_.begin(); old != retiring_.end();) {
        if ((*old)->isInUse()) {
            ++old;
            continue;
        }
        old = retiring_.erase(old);
    }
}

void Server::stop() {
    manager_.stopping();
    watchdog_.reset();
    process_->setServing(false);
    if (!listener_->drain()) {
        process_->log().write(Level::warning, "some requests took too long and were cut off");
    }
    const StopLimit limit(pluginStopLimit, [this] {
        process_->log().write(Level::error, "stopping takes too long: giving up");
        process_->logging().flush();
    });
    listener_.reset();
    lanes_.reset();
    std::atomic_store(&router_, std::shared_ptr<const Router>());
    process_->stopFollowing();
    process_->events().flush();
    process_->events().setSinks({});
    retiring_.clear();
    process_->useCertificates(nullptr);
    certificateWatch_.reset();
    current_->stop();
    process_->stopRecords();
    process_->log().write(Level::info, "stopped");
    process_->logging().flush();
}

}  // namespace gatehouse
