// SPDX-License-Identifier: Apache-2.0
#include "Services.h"

// What the core says of itself.

namespace gatehouse {

namespace {

constexpr const char* needs[] = {"storage",        "key_store",
                                 "user_store",     "client_auth",
                                 "grant",          "token_format",
                                 "login_step",     "event_sink",
                                 "metrics",        "authorization_rule",
                                 "claims_source",  "response_mode",
                                 "token_binding",  "client_metadata_rule",
                                 "request_source", "response_type",
                                 "answer_member",  "resource_registry",
                                 "trusted_issuer", "client_source",
                                 "approver",       "password_rule",
                                 "mailer"};

}  // namespace

const PluginDescriptor& Services::descriptor() {
    static const PluginDescriptor descriptor{pluginMagic,
                                             sdkMajor,
                                             sdkMinor,
                                             buildTag,
                                             point,
                                             "core",
                                             GATEHOUSE_VERSION,
                                             "The rules of OAuth and OpenID Connect",
                                             "stable",
                                             oauthFields(),
                                             needs,
                                             nullptr};
    return descriptor;
}

}  // namespace gatehouse
