// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/SessionEnd.h>
#include <gatehouse/SubjectForm.h>
#include <gatehouse/Token.h>
#include <gatehouse/point/ClientMetadataRule.h>

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// The `sid` of a session for clients that know its person as `sub`, and not by the server's own.
std::string sidBeside(std::string_view sub, const Crypto& crypto, std::string_view sid);

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
    /// Fault::badInput: with these metadata a client would know people by other names. Who could
    /// give itself others would learn those by which others know them, and the server's own.
    Status checkSame(const Context& context, const Client& before, const Client& after) const;
    /// The `sid` by which this client knows that session, whose own is given. It tells two that
    /// know the person by different names nothing either.
    Result<std::string> toldSid(const Context& context, const Crypto& crypto,
                                const EndedSession& session) const;

private:
    std::vector<Host::Named<SubjectForm>> forms_;
};

}  // namespace gatehouse
