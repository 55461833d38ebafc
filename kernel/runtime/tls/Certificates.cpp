// SPDX-License-Identifier: Apache-2.0
#include "tls/Certificates.h"

#include "text/Rfc3339.h"
#include "text/Thrown.h"

#include <algorithm>
#include <utility>

namespace gatehouse {

namespace {

bool isSame(const std::vector<ServedCertificate>& left,
            const std::vector<ServedCertificate>& right) {
    return std::equal(
        left.begin(), left.end(), right.begin(), right.end(),
        [](const auto& one, const auto& other) { return one.digest == other.digest; });
}

}  // namespace

Certificates::Certificates(std::vector<CertificateFiles> files, const Clock& clock, Log& log,
                           Metrics& metrics)
    : files_(std::move(files)), clock_(clock), log_(log), metrics_(metrics),
      tickets_(std::make_shared<TicketKeys>(clock)), ages_(files_.size()) {}

std::string Certificates::ageText(const std::string& file, TimePoint expires, TimePoint now) {
    if (expires <= now) {
        return file + " expired on " + rfc3339Day(expires);
    }
    return expires - now < warning ? file + " expires on " + rfc3339Day(expires) : "";
}

Status Certificates::open() {
    auto certificates = read();
    auto served = certificates ? serve(*std::move(certificates)) : Status(certificates.error());
    if (served) {
        watchTime();
    }
    return served;
}

void Certificates::refresh() noexcept {
    const std::lock_guard lock(refreshing_);
    try {
        reread();
        watchTime();
    } catch (...) {
        tell(whatWasThrown());
    }
}

void Certificates::reread() {
    auto certificates = read();
    if (!certificates) {
        tell(certificates.error().detail);
        return;
    }
    const auto before = current();
    if (isSame(*certificates, before->certificates())) {
        failure_.clear();
        return;
    }
    for (std::size_t i = 0; i < files_.size(); ++i) {
        const auto& next = (*certificates)[i];
        if (next.expires <= clock_.now() && next.digest != before->certificates()[i].digest) {
            tell(ageText(files_[i].certificate, next.expires, clock_.now()));
            return;
        }
    }
    const auto served = serve(*std::move(certificates));
    tell(served ? "" : served.error().detail);
    if (served) {
        log_.write(Level::info, "TLS certificates replaced");
    }
}

std::vector<std::string> Certificates::problems() const {
    std::vector<std::string> problems;
    const auto set = current();
    for (std::size_t i = 0; i < files_.size(); ++i) {
        const auto expires = set->certificates()[i].expires;
        if (expires <= clock_.now()) {
            problems.push_back("a TLS certificate expired on " + rfc3339Day(expires));
        }
    }
    return problems;
}

Result<std::vector<ServedCertificate>> Certificates::read() const {
    std::vector<ServedCertificate> certificates;
    for (const auto& files : files_) {
        auto certificate = readCertificate(files);
        if (!certificate) {
            return Error::badInput(certificate.error().text);
        }
        certificates.push_back(*std::move(certificate));
    }
    return certificates;
}

Status Certificates::serve(std::vector<ServedCertificate> certificates) {
    auto set = CertificateSet::make(std::move(certificates), tickets_);
    if (!set) {
        return set.error();
    }
    std::atomic_store(&current_, *set);
    for (std::size_t i = 0; i < files_.size(); ++i) {
        metrics_
            .gauge("gatehouse_tls_certificate_expiry_seconds",
                   "When the certificate expires, in seconds since 1970",
                   {{"certificate", files_[i].certificate}})
            .set(static_cast<double>(toSeconds((*set)->certificates()[i].expires)));
    }
    return done();
}

/// Once, however often it is found again.
void Certificates::tell(const std::string& failure) {
    if (!failure.empty() && failure != failure_) {
        log_.write(Level::error, "TLS certificates not replaced, the ones before stay: " + failure);
    }
    failure_ = failure;
}

void Certificates::watchTime() {
    const auto set = current();
    for (std::size_t i = 0; i < files_.size(); ++i) {
        auto age = ageText(files_[i].certificate, set->certificates()[i].expires, clock_.now());
        if (!age.empty() && age != ages_[i]) {
            log_.write(Level::warning, "TLS certificate " + age);
        }
        ages_[i] = std::move(age);
    }
}

}  // namespace gatehouse
