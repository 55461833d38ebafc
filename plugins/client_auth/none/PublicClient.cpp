// SPDX-License-Identifier: Apache-2.0
#include "PublicClient.h"

#include <algorithm>
#include <string>

namespace gatehouse {

namespace {

bool isBasic(std::string_view authorization) {
    constexpr std::string_view basic = "basic";
    const auto scheme = authorization.substr(0, authorization.find(' '));
    return std::equal(scheme.begin(), scheme.end(), basic.begin(), basic.end(),
                      [](char left, char right) { return (left | 0x20) == right; });
}

bool offersMore(const HttpRequest& request, const Form& form) {
    return isBasic(request.header("authorization")) || form.has("client_secret") ||
           form.has("client_assertion") || form.has("client_assertion_type");
}

}  // namespace

std::optional<ClientProof> PublicClient::find(const HttpRequest& request, const Form& form) const {
    if (!form.has("client_id") || offersMore(request, form)) {
        return std::nullopt;
    }
    ClientProof proof;
    proof.clientId = form.text("client_id");
    proof.method = "none";
    proof.isImplied = true;
    if (form.count("client_id") > 1) {
        proof.malformed = "client_id was sent more than once";
    }
    return proof;
}

Result<Verdict> PublicClient::verify(const Context& /*context*/, const ClientProof& proof,
                                     const Client& client) const {
    if (!proof.malformed.empty()) {
        return Verdict::refused(proof.malformed);
    }
    if (client.authMethod != "none") {
        return Verdict::refused("the client is registered for " + client.authMethod +
                                " and sent no proof");
    }
    return Verdict::proven();
}

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::PublicClient, "none", "0.1.0", "Public clients, which have no secret")
