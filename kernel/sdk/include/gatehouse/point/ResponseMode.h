// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Context.h>
#include <gatehouse/Http.h>
#include <gatehouse/Plugin.h>
#include <gatehouse/Result.h>

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// An answer to an authorization request, a success or an error. Implemented by the kernel; grows
/// at its end.
class AnswerInHand {
public:
    virtual ~AnswerInHand() = default;
    /// Its issuer too.
    virtual const Context& context() const noexcept = 0;
    virtual const Client& client() const noexcept = 0;
    /// Proven; perhaps with a query of its own, never with a fragment.
    virtual std::string_view redirectUri() const noexcept = 0;
    /// `code`, tokens, or `error`; `state` as it was sent, `iss` (RFC 9207).
    virtual const std::vector<Form::Field>& parameters() const noexcept = 0;
    /// What it comes by unless the request says something else: `query`, or `fragment` where it
    /// asked for more than a code.
    virtual std::string_view defaultMode() const noexcept = 0;
};

/// How the browser takes an answer to the client.
struct AnswerOnItsWay {
    /// Where the browser is sent: the redirect URI and what was put behind it. Empty: a page posts
    /// `fields` to the redirect URI.
    std::string location;
    std::vector<Form::Field> fields;
};

/// Writes answers of the authorization endpoint (OAuth 2.0 Multiple Response Type Encoding
/// Practices section 2.1). `query` and `form_post` are the kernel's.
class ResponseMode : public Plugin {
public:
    static constexpr Point point{"response_mode", 1, Cardinality::many};
    static constexpr std::string_view query = "query";
    static constexpr std::string_view formPost = "form_post";
    /// For whoever brings it: what answers with more than a code come in.
    static constexpr std::string_view fragment = "fragment";

    /// The value of `response_mode` that asks for it; static storage. No two have the same. By one
    /// that begins with "query." nothing comes but codes and errors, as by `query`.
    virtual std::string_view mode() const noexcept = 0;
    /// With an error the person is told that something went wrong, and the client hears nothing.
    virtual Result<AnswerOnItsWay> write(const AnswerInHand& answer) const = 0;
};

}  // namespace gatehouse
