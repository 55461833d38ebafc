// SPDX-License-Identifier: Apache-2.0
#include "ResourceCommands.h"

#include "ResourceValue.h"
#include "json/Members.h"

#include <charconv>
#include <string>
#include <utility>

namespace gatehouse {

namespace {

/// An option's value, as its member.
Value valueOf(std::string_view member, const std::vector<std::string>& given) {
    if (member == "scopes") {
        std::string joined;
        for (const auto& text : given) {
            joined += " " + text;
        }
        const auto scopes = ScopeSet::parse(joined);
        return listOfTexts({scopes.begin(), scopes.end()});
    }
    if (member == "clients" || member == "introspected_by") {
        return listOfTexts(given);
    }
    if (member == "ttl_secs") {
        const std::string& text = given.back();
        std::int64_t number = -1;  // what is none is refused as that is
        const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
        return problem == std::errc() && end == text.data() + text.size() ? number : -1;
    }
    return given.back();
}

struct OptionOfMember {
    std::string_view option;
    std::string_view member;
};

constexpr OptionOfMember options[] = {{"name", "name"},
                                      {"scope", "scopes"},
                                      {"token-format", "token_format"},
                                      {"signing-alg", "signing_alg"},
                                      {"ttl", "ttl_secs"},
                                      {"client", "clients"},
                                      {"introspected-by", "introspected_by"}};

}  // namespace

Result<ProtectedResource> resourceFrom(const GivenArguments& arguments) {
    ValueMap resource{{"identifier", arguments.positional.front()}};
    for (const auto& [option, member] : options) {
        const auto given = textsOf(arguments.options.find(option));
        if (!given.empty()) {
            resource.set(member, valueOf(member, given));
        }
    }
    std::string problems;
    for (const auto& [member, why] : problemsOf(resource)) {
        problems.append(problems.empty() ? "" : "\n").append(member).append(": ").append(why);
    }
    return problems.empty() ? Result<ProtectedResource>(resourceFrom(resource))
                            : Error::badInput(std::move(problems));
}

ValueMap metadataOf(const ProtectedResource& resource, const Issuer& issuer) {
    ValueMap metadata{{"resource", resource.identifier},
                      {"authorization_servers", ValueList{issuer.url}},
                      {"bearer_methods_supported", ValueList{"header"}}};
    if (!resource.scopes.empty()) {
        metadata.set("scopes_supported",
                     listOfTexts({resource.scopes.begin(), resource.scopes.end()}));
    }
    if (!resource.name.empty()) {
        metadata.set("resource_name", resource.name);
    }
    return metadata;
}

std::vector<OfferedCommand> resourceCommands() {
    return {
        {"resource add",
         "IDENTIFIER",
         "register an API, for which clients may then ask tokens",
         "The identifier is an absolute URI: what clients name as `resource`, and what stands in "
         "`aud` "
         "(RFC 8707).",
         {{"name", "TEXT", "what people are shown"},
          {"scope", "\"A B\"", "scopes that its tokens may have; any when not given"},
          {"token-format", "NAME", "an instance of token_format; the client's when not given"},
          {"signing-alg", "ALG", "of its tokens; the client's when not given"},
          {"ttl", "SECONDS", "life of its tokens, where that is shorter than the server's"},
          {"client", "ID",
           "a client that may have tokens for it, once for each; all when not given"},
          {"introspected-by", "ID", "a client that may introspect its tokens; once for each"}},
         "gatehouse resource add https://api.example.org/orders --name Orders --scope 'orders:read "
         "orders:write' --introspected-by orders-api"},
        {"resource list", "", "list the APIs that are registered or configured", "", {}, ""},
        {"resource metadata",
         "IDENTIFIER",
         "print what the API has to publish, so that clients find this server (RFC 9728)",
         "With --json, it is the document that belongs at /.well-known/oauth-protected-resource of "
         "the "
         "API, before the path of its identifier.",
         {},
         "gatehouse resource metadata https://api.example.org/orders --json"},
        {"resource remove",
         "IDENTIFIER",
         "take an API away; no more tokens are given for it",
         "Tokens that there are stay good until they expire.",
         {},
         ""},
    };
}

}  // namespace gatehouse
