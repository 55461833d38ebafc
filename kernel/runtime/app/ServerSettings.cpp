// SPDX-License-Identifier: Apache-2.0
#include "app/ServerSettings.h"

#include "app/LogLine.h"

#include <string>

namespace gatehouse {

namespace {

std::size_t sizeOf(const CheckedConfig& settings, const char* name) {
    return static_cast<std::size_t>(settings.number(name));
}

}  // namespace

ListenerSettings listenerSettings(const CheckedConfig& server, const CheckedConfig& mtls) {
    ListenerSettings settings;
    settings.host = server.text("host");
    settings.port = static_cast<std::uint16_t>(server.number("port"));
    settings.mutualHost = mtls.has("host") ? mtls.text("host") : settings.host;
    settings.mutualPort = static_cast<std::uint16_t>(mtls.number("port"));
    settings.loops = sizeOf(server, "loops");
    settings.requests.headBytes = sizeOf(server, "max_head_bytes");
    settings.requests.fields = sizeOf(server, "max_head_fields");
    settings.requests.bodyBytes = sizeOf(server, "max_body_bytes");
    settings.headTimeout = server.duration("request_timeout");
    settings.idleTimeout = server.duration("idle_timeout");
    settings.answerTimeout = server.duration("answer_timeout");
    settings.drainTimeout = server.duration("drain_timeout");
    settings.connections = sizeOf(server, "max_connections");
    settings.strictTransport = std::chrono::duration_cast<seconds>(server.duration("hsts"));
    settings.trustedProxies = server.list("trusted_proxies");
    settings.proxiesTellCertificates = mtls.boolean("by_proxies");
    return settings;
}

LaneSizes laneSizes(const CheckedConfig& server) {
    LaneSizes sizes;
    sizes.protocol = {sizeOf(server, "protocol_threads"), sizeOf(server, "protocol_queue")};
    if (server.number("people_threads") > 0) {
        sizes.people.threads = sizeOf(server, "people_threads");
    }
    sizes.people.queue = sizeOf(server, "people_queue");
    sizes.login = {sizeOf(server, "login_threads"), sizeOf(server, "login_queue")};
    sizes.admin = {sizeOf(server, "admin_threads"), sizeOf(server, "admin_queue")};
    return sizes;
}

Logging::Settings loggingSettings(const CheckedConfig& logging) {
    Logging::Settings settings;
    if (logging.settings().empty()) {  // the file could not be read
        return settings;
    }
    const std::string name = logging.text("level");
    for (const Level level : {Level::debug, Level::info, Level::warning, Level::error}) {
        if (levelName(level) == name) {
            settings.level = level;
        }
    }
    return settings;
}

}  // namespace gatehouse
