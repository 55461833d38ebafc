// SPDX-License-Identifier: Apache-2.0
#include "app/ReachCheck.h"

#include <gatehouse/ReadsCertificates.h>
#include <gatehouse/RequestKeeper.h>
#include <gatehouse/RequiredSource.h>
#include <gatehouse/SendsMails.h>
#include <gatehouse/SigningDefault.h>
#include <gatehouse/point/HttpModule.h>
#include <gatehouse/point/Mailer.h>
#include <gatehouse/point/RequestSource.h>

#include "text/Contains.h"
#include "text/Thrown.h"

#include <algorithm>
#include <string>

namespace gatehouse {

namespace {

template <class C> const C* asked(const Instance& instance) {
    return instance.plugin() == nullptr ? nullptr : capabilityOf<C>(*instance.plugin());
}

void checkCertificates(const PluginRegistry& registry, const CheckedConfig& mtls,
                       Problems& problems) {
    if (mtls.number("port") != 0 || mtls.boolean("by_proxies")) {
        return;
    }
    for (const auto& instance : registry.instances()) {
        if (asked<ReadsCertificates>(*instance) != nullptr) {
            problems.warn({instance->setup().place,
                           instance->setup().label +
                               ": nobody is asked for a certificate; set server.mtls.port, or "
                               "behind a proxy that tells certificates server.mtls.by_proxies"});
        }
    }
}

void checkMails(const PluginRegistry& registry, Problems& problems) {
    if (!registry.of(Mailer::point.name).empty()) {
        return;
    }
    for (const auto& instance : registry.instances()) {
        const auto* sends = asked<SendsMails>(*instance);
        if (sends != nullptr && sends->sendsMails()) {
            problems.warn({instance->setup().place,
                           instance->setup().label +
                               ": no mailer is configured, so it is not offered; mailer.smtp is "
                               "one"});
        }
    }
}

void checkSigning(const PluginRegistry& registry, const std::vector<IssuerEntry>& issuers,
                  const HeldProfiles& held, const std::vector<std::string_view>& signing,
                  Problems& problems) {
    const auto isSettled = [&](const IssuerEntry& entry, std::string_view member) {
        return held.example(entry.issuer.id).metadata.contains(member);
    };
    for (const auto& instance : registry.instances()) {
        const auto* has = asked<SigningDefault>(*instance);
        if (has == nullptr || signing.empty() || contains(signing, has->algorithm()) ||
            std::all_of(issuers.begin(), issuers.end(),
                        [&](const auto& entry) { return isSettled(entry, has->member()); })) {
            continue;
        }
        problems.warn(
            {instance->setup().place,
             instance->setup().label + ": there is no key for " + std::string(has->algorithm()) +
                 ", by which is signed for clients without " + std::string(has->member()) +
                 ": they get no such answer; give the key store one, or them the member"});
    }
}

bool isAskedForByModule(const PluginRegistry& registry, std::string_view what) {
    const auto modules = registry.of(HttpModule::point.name);
    return std::any_of(modules.begin(), modules.end(),
                       [&](const auto& module) { return module->needs(what); });
}

/// Do all clients of an issuer have to use it?
bool isForAll(const Instance& instance, const Client& example, Problems& problems) {
    try {
        return asked<RequiredSource>(instance)->objection(example).has_value();
    } catch (...) {
        problems.add(instance.setup().place, instance.setup().label +
                                                 ": asked whom it objects to, it threw an "
                                                 "exception: " +
                                                 whatWasThrown());
        return false;
    }
}

/// A source that gets requests of nobody.
void checkIdleKeeper(const Instance& source, const std::vector<IssuerEntry>& issuers,
                     const HeldProfiles& held, Problems& problems) {
    for (const auto& entry : issuers) {
        if (isForAll(source, held.example(entry.issuer.id), problems)) {
            problems.add(source.setup().place,
                         source.setup().label + ": all clients of " + entry.issuer.url +
                             " have to use it, and no module that is configured takes requests "
                             "for it, so that each is refused; add the one that does to `modules`");
        }
    }
}

/// What keeps requests has to be given some: by a module, which then needs it.
void checkKeepers(const PluginRegistry& registry, const std::vector<IssuerEntry>& issuers,
                  const HeldProfiles& held, Problems& problems) {
    if (!isAskedForByModule(registry, "requests")) {  // there are none
        return;
    }
    for (const auto& instance : registry.of(RequestSource::point.name)) {
        if (asked<RequestKeeper>(*instance) != nullptr &&
            asked<RequiredSource>(*instance) != nullptr &&
            !isAskedForByModule(registry, instance->setup().use)) {
            checkIdleKeeper(*instance, issuers, held, problems);
        }
    }
}

}  // namespace

void checkReach(const PluginRegistry& registry, const CheckedConfig& mtls,
                const std::vector<IssuerEntry>& issuers, const HeldProfiles& held,
                const std::vector<std::string_view>& signing, Problems& problems) {
    checkCertificates(registry, mtls, problems);
    checkSigning(registry, issuers, held, signing, problems);
    checkKeepers(registry, issuers, held, problems);
    checkMails(registry, problems);
}

}  // namespace gatehouse
