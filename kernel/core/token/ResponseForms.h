// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/ResponseForm.h>
#include <gatehouse/point/ClientMetadataRule.h>

#include "plugin/Watched.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace gatehouse {

/// The forms in which clients are told about people: those of the client_metadata_rule plugins that
/// have some; made once a generation. The first that has one for a client counts. What a plugin
/// throws is Fault::internal. Threads: any.
class ResponseForms {
public:
    ResponseForms(Host& host, const std::vector<Host::Named<ClientMetadataRule>>& plugins);

    /// Then clients are told in none but the usual ones.
    bool empty() const noexcept { return forms_.empty(); }
    /// See ResponseForm.
    Result<std::string> idToken(const Context& context, const Client& client,
                                std::string signedToken) const;
    Result<std::optional<std::string>> userinfo(const Context& context, const Client& client,
                                                const ValueMap& claims) const;

private:
    using Told = Result<std::optional<std::string>>;
    struct Form {
        Watched<ClientMetadataRule> plugin;
        const ResponseForm* form;
    };

    Told first(const std::function<Told(const ResponseForm&)>& ask) const;

    std::vector<Form> forms_;
};

}  // namespace gatehouse
