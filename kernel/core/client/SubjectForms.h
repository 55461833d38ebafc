// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/SubjectForm.h>
#include <gatehouse/Token.h>
#include <gatehouse/point/ClientMetadataRule.h>

#include <string>
#include <vector>

namespace gatehouse {

/// By which `sub` clients know people: the server's own, or that of a client_metadata_rule plugin
/// for those of its `subject_type`. Made once a generation. Threads: any.
class SubjectForms {
public:
    explicit SubjectForms(const std::vector<Host::Named<ClientMetadataRule>>& plugins = {});

    /// Then every client is told the server's own.
    bool empty() const noexcept { return forms_.empty(); }
    /// `subject_type` values.
    std::vector<std::string> types() const;
    /// What this client is told of whom the server knows as `subject`.
    Result<std::string> told(const Context& context, const Client& client,
                             const Subject& subject) const;

private:
    std::vector<Host::Named<SubjectForm>> forms_;
};

}  // namespace gatehouse
