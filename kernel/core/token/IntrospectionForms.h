// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/IntrospectionForm.h>
#include <gatehouse/point/ClientMetadataRule.h>

#include "plugin/Watched.h"

#include <optional>
#include <string>
#include <vector>

namespace gatehouse {

/// The forms in which resource servers are told about tokens: those of the client_metadata_rule
/// plugins that have one; made once a generation. The first that a request asks for counts. What a
/// plugin throws is Fault::internal. Threads: any.
class IntrospectionForms {
public:
    IntrospectionForms(Host& host, const std::vector<Host::Named<ClientMetadataRule>>& plugins);

    /// See IntrospectionForm.
    Result<std::optional<FormedAnswer>> told(const Context& context, const HttpRequest& request,
                                             const Client& client, const std::string& json) const;

private:
    struct Form {
        Watched<ClientMetadataRule> plugin;
        const IntrospectionForm* form;
    };

    std::vector<Form> forms_;
};

}  // namespace gatehouse
