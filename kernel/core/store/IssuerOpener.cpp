// SPDX-License-Identifier: Apache-2.0
#include "store/IssuerOpener.h"

#include <gatehouse/point/KeyStore.h>

#include "store/IssuerRecord.h"

#include <algorithm>

namespace gatehouse {

namespace {

/// Issuers of a long list whose keys are looked for.
constexpr std::size_t mostTried = 100;

}  // namespace

/// One issuer's may be damaged by themselves.
Status IssuerOpener::checkRootSecret(SteadyPoint deadline) const {
    Status first = done();
    for (std::size_t at = 0; at < std::min(issuers_.size(), mostTried); ++at) {
        const Context context{issuers_[at], "start", {}, deadline};
        const auto url = IssuerRecord(host_.records()).url(context);
        if (!url) {
            return url.error();
        }
        if (url->empty()) {
            continue;
        }
        const auto opened = refreshKeys(context);
        if (opened) {
            return done();
        }
        first = first ? opened : first;
    }
    return first;
}

Result<std::string> IssuerOpener::open(const Context& context) const {
    auto before = IssuerRecord(host_.records()).url(context);
    if (!before) {
        return before;
    }
    Status opened = checkNumber(context, *before);
    opened = opened ? refreshKeys(context) : opened;
    if (!opened || !before->empty()) {
        return opened ? before : opened.error();
    }
    const auto isFirst = IssuerRecord(host_.records()).begin(context);
    if (!isFirst) {
        return isFirst.error();
    }
    return *isFirst ? context.issuer.url : open(context);
}

Status IssuerOpener::begin(const Context& context) const {
    const auto before = open(context);
    if (!before) {
        return before.error();
    }
    if (*before == context.issuer.url) {
        return done();
    }
    host_.log().write(context, Level::warning, "issuer has another URL than before",
                      {{"issuer", std::int64_t{context.issuer.id}}, {"before", *before}});
    return IssuerRecord(host_.records()).setUrl(context);
}

Status IssuerOpener::refreshKeys(const Context& context) const {
    return host_.one<KeyStore>().refresh(context);
}

/// Everything stored carries the issuer's number. Numbers that were exchanged would give the people
/// of one issuer to another, so the storage remembers whose each is.
Status IssuerOpener::checkNumber(const Context& context, const std::string& before) const {
    if (before == context.issuer.url) {
        return done();
    }
    for (const auto& other : issuers_) {
        if (other.url == before) {
            return Error::unavailable("the id " + std::to_string(context.issuer.id) +
                                      " is that of " + before + " in the storage, not of " +
                                      context.issuer.url + "; give each its own back");
        }
    }
    return done();
}

}  // namespace gatehouse
