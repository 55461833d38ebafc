// SPDX-License-Identifier: Apache-2.0
#include "LocalResources.h"

#include <gatehouse/facade/Tokens.h>
#include <gatehouse/point/TokenFormat.h>

#include "ResourceCommands.h"
#include "ResourceValue.h"
#include "text/Contains.h"

#include <algorithm>
#include <utility>

namespace gatehouse {

namespace {

/// Reads the configured resources, and gathers what is wrong with them, each with its place.
class Reading {
public:
    explicit Reading(const Config& config) : config_(config) {}

    Result<LocalResources::Configured> all() {
        for (const auto& entry : config_.map("resources")) {
            const auto path = std::string("resources.").append(entry.name);
            if (entry.value.map() == nullptr) {
                refuse(path, "is a map: {identifier: https://..., scopes: [...]}");
            } else if (isSound(path, *entry.value.map())) {
                add(path, resourceFrom(*entry.value.map()));
            }
        }
        return problems_.empty() ? Result<LocalResources::Configured>(std::move(resources_))
                                 : Error::badInput(std::move(problems_));
    }

private:
    bool isSound(const std::string& path, const ValueMap& resource) {
        const auto problems = problemsOf(resource);
        for (const auto& [member, why] : problems) {
            if (resource.contains(member)) {
                refuse(std::string(path).append(".").append(member), why);
            } else {
                refuse(path, std::string(member).append(": ").append(why));
            }
        }
        return problems.empty();
    }

    void add(const std::string& path, ProtectedResource resource) {
        auto shared = std::make_shared<const ProtectedResource>(std::move(resource));
        if (!resources_.emplace(shared->identifier, shared).second) {
            refuse(path + ".identifier", "another resource has it");
        }
    }

    void refuse(const std::string& at, const std::string& why) {
        problems_.append(problems_.empty() ? "" : "\n").append(config_.place(at)).append(": ");
        problems_.append(at).append(": ").append(why);
    }

    const Config& config_;
    LocalResources::Configured resources_;
    std::string problems_;
};

}  // namespace

Status LocalResources::configure(const Config& config, Host& host) {
    host_ = &host;
    auto configured = Reading(config).all();
    if (!configured) {
        return configured.error();
    }
    configured_ = *std::move(configured);
    return done();
}

Status LocalResources::check() const {
    for (const auto& known : configured_) {
        if (auto good = checkAlgorithm(*known.second); !good) {
            return good;
        }
    }
    return done();
}

Status LocalResources::start() {
    for (const auto& known : configured_) {
        if (auto good = checkFormat(*known.second); !good) {
            return good;
        }
    }
    return done();
}

Status LocalResources::checkAlgorithm(const ProtectedResource& resource) const {
    const auto& wanted = resource.signingAlgorithm;
    const auto keys = host_->jose().signingAlgorithms();
    return wanted.empty() || keys.empty() || contains(keys, wanted)
               ? done()
               : Error::badInput(resource.identifier + ": signing_alg: there is no key for " +
                                 wanted);
}

Status LocalResources::checkFormat(const ProtectedResource& resource) const {
    const auto& wanted = resource.tokenFormat;
    if (wanted.empty()) {
        return done();
    }
    const auto formats = host_->all<TokenFormat>();
    const bool isThere =
        std::any_of(formats.begin(), formats.end(),
                    [&](const Host::Named<TokenFormat>& format) { return format.name == wanted; });
    return isThere
               ? done()
               : Error::badInput(resource.identifier + ": token_format: there is no instance \"" +
                                 wanted + "\" of token_format");
}

Result<std::shared_ptr<const ProtectedResource>>
LocalResources::find(const Context& context, std::string_view identifier) const {
    if (const auto known = configured_.find(identifier); known != configured_.end()) {
        return known->second;
    }
    auto stored = StoredResources(*host_).find(context, identifier);
    if (!stored) {
        return stored.error();
    }
    return *stored ? std::make_shared<const ProtectedResource>(**std::move(stored))
                   : std::shared_ptr<const ProtectedResource>();
}

std::vector<std::shared_ptr<const ProtectedResource>> LocalResources::configured() const {
    std::vector<std::shared_ptr<const ProtectedResource>> all;
    for (const auto& known : configured_) {
        all.push_back(known.second);
    }
    return all;
}

std::vector<OfferedCommand> LocalResources::commands() const {
    return resourceCommands();
}

Result<Value> LocalResources::run(const Context& context, std::string_view name,
                                  const GivenArguments& arguments) {
    if (name == "resource list") {
        return list(context);
    }
    if (name == "resource add") {
        return add(context, arguments);
    }
    const std::string& identifier = arguments.positional.front();
    if (name == "resource remove") {
        return remove(context, identifier);
    }
    const auto resource = find(context, identifier);
    if (!resource) {
        return resource.error();
    }
    return *resource == nullptr
               ? Error::badInput("no resource \"" + identifier + "\"; see resource list")
               : Result<Value>(metadataOf(**resource, context.issuer));
}

Result<Value> LocalResources::add(const Context& context, const GivenArguments& arguments) const {
    auto resource = resourceFrom(arguments);
    if (!resource) {
        return resource.error();
    }
    for (const auto& good : {checkAlgorithm(*resource), checkFormat(*resource)}) {
        if (!good) {
            return good.error();
        }
    }
    if (auto why = host_->one<Tokens>().objection(context.issuer, *resource); !why.empty()) {
        return Error::badInput(std::move(why));
    }
    const bool isConfigured = configured_.count(resource->identifier) != 0;
    const auto added =
        isConfigured ? Result<bool>(false) : StoredResources(*host_).add(context, *resource);
    if (!added) {
        return added.error();
    }
    if (!*added) {
        return Error::badInput(resource->identifier + " is there already; see resource list");
    }
    ValueMap told{{"id", resource->identifier}};
    for (const auto& [name, value] : valueOf(*resource)) {
        if (name != "identifier") {
            told.set(name, value);
        }
    }
    return Value(std::move(told));
}

Result<Value> LocalResources::list(const Context& context) const {
    const auto stored = StoredResources(*host_).list(context);
    if (!stored) {
        return stored.error();
    }
    ValueList rows;
    const auto add = [&](const ProtectedResource& resource, const char* from) {
        ValueMap row{{"identifier", resource.identifier},
                     {"name", resource.name},
                     {"scopes", resource.scopes.text()},
                     {"from", from},
                     {"problem", host_->one<Tokens>().objection(context.issuer, resource)}};
        rows.emplace_back(std::move(row));
    };
    for (const auto& known : configured_) {
        add(*known.second, "configuration");
    }
    for (const auto& resource : *stored) {
        add(resource, "storage");
    }
    return Value(std::move(rows));
}

Result<Value> LocalResources::remove(const Context& context, std::string_view identifier) const {
    if (configured_.count(identifier) != 0) {
        return Error::badInput(std::string(identifier) +
                               " stands in the configuration; take it out there");
    }
    const auto removed = StoredResources(*host_).remove(context, identifier);
    if (!removed) {
        return removed.error();
    }
    return *removed ? Result<Value>(ValueMap{{"id", identifier}, {"removed", true}})
                    : Error::badInput("no resource \"" + std::string(identifier) +
                                      "\"; see resource list");
}

constexpr Field fields[] = {
    {"resources", Kind::map, optional,
     "APIs that tokens are for: NAME: {identifier: URI, name: TEXT, scopes: [SCOPE], token_format: "
     "INSTANCE, signing_alg: ALG, ttl_secs: SECONDS, clients: [ID], introspected_by: [ID]}"},
};

constexpr const char* needs[] = {"storage", "token_format", "tokens"};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::LocalResources, "local", "0.1.0",
                 "APIs that tokens are for, of the configuration and registered by commands",
                 gatehouse::fields, gatehouse::needs)
