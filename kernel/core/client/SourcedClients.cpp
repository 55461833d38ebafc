// SPDX-License-Identifier: Apache-2.0
#include "client/SourcedClients.h"

#include "client/ClientEditor.h"
#include "limit/RateLimiter.h"
#include "text/Thrown.h"

#include <optional>
#include <string>

namespace gatehouse {

namespace {

Result<ClientDescription> ask(const Host::Named<ClientSource>& source, const Context& context,
                              std::string_view clientId) {
    try {
        return source.plugin->describe(context, clientId);
    } catch (...) {
        return Error::internal("describe threw " + whatWasThrown());
    }
}

std::shared_ptr<const Client> shared(Client client) {
    return std::make_shared<const Client>(std::move(client));
}

Event eventOf(const Client& client, const Client* before, std::string_view remoteAddress) {
    Event event;
    event.type = "client.fetched";
    event.clientId = client.id;
    event.remoteAddress = remoteAddress;
    event.details = {{"source", client.sourced.by},
                     {"new", before == nullptr || before->registration != client.registration}};
    return event;
}

}  // namespace

SourcedClients::Found SourcedClients::find(const Context& context, std::string_view clientId,
                                           std::shared_ptr<const Client> known) const {
    if (known && known->sourced.by.empty()) {
        return known;
    }
    const auto* source = sourceOf(context, clientId);
    if (source == nullptr) {
        return std::shared_ptr<const Client>();
    }
    if (!known) {
        return meet(context, *source, clientId);
    }
    const bool isFresh = host_.clock().now() < known->sourced.freshUntil;
    return isFresh || known->isDisabled ? known : renew(context, *source, known);
}

const SourcedClients::Source* SourcedClients::sourceOf(const Context& context,
                                                       std::string_view clientId) const {
    for (const auto& source : sources_) {
        try {
            if (source.plugin->isFor(clientId)) {
                return &source;
            }
        } catch (...) {
            host_.log().write(context, Level::error,
                              source.name + ": isFor threw " + whatWasThrown());
        }
    }
    return nullptr;
}

SourcedClients::Found SourcedClients::meet(const Context& context, const Source& source,
                                           std::string_view clientId) const {
    if (const auto wait = limits_.newClient(context, host_.records())) {
        return Error::unavailable(
            "limits.new_clients: too many clients that are not known are asked for from " +
            std::string(context.remoteAddress));
    }
    auto client = read(context, source, clientId, nullptr);
    return client ? Found(shared(*std::move(client)))
                  : failed(context, source, clientId, client.error());
}

/// It is who it was while it has no good answer.
SourcedClients::Found SourcedClients::renew(const Context& context, const Source& source,
                                            const std::shared_ptr<const Client>& known) const {
    auto client = read(context, source, known->id, known.get());
    if (client) {
        return shared(*std::move(client));
    }
    const auto failure = failed(context, source, known->id, client.error());
    return host_.clock().now() < known->sourced.goodUntil ? Found(known) : failure;
}

Result<Client> SourcedClients::read(const Context& context, const Source& source,
                                    std::string_view clientId, const Client* known) const {
    auto said = ask(source, context, clientId);
    if (!said) {
        return said.error();
    }
    const auto before = editor_.read(context, clientId);
    if (!before) {
        return before.error();
    }
    if (*before && (*before)->client.sourced.by.empty()) {  // registered meanwhile
        return (*before)->client;
    }
    const auto now = host_.clock().now();
    auto client = editor_.bring(context, clientId, *before, said->metadata,
                                {source.name, now + said->fresh, now + said->good});
    if (client) {
        host_.events().publish(context, eventOf(*client, known, context.remoteAddress));
        return client;
    }
    const auto other = client.error().fault == Fault::notAllowed
                           ? editor_.read(context, clientId)  // another was first with it
                           : Result<std::optional<StoredClient>>(client.error());
    return other && *other ? Result<Client>((*other)->client) : client.error();
}

/// What is there and no client is as good as nothing; the log says why.
SourcedClients::Found SourcedClients::failed(const Context& context, const Source& source,
                                             std::string_view clientId, const Error& error) const {
    host_.log().write(context, Level::warning, source.name + ": client not read: " + error.detail,
                      {{"client_id", clientId}});
    return error.fault == Fault::badInput ? Found(std::shared_ptr<const Client>()) : Found(error);
}

}  // namespace gatehouse
