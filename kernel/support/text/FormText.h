// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Http.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// One name or value of such a form (see below).
std::optional<std::string> formDecode(std::string_view text);

/// Reads `application/x-www-form-urlencoded` text (RFC 6749 appendix B): a query or a body. '+' is
/// a space. nullopt for a wrong %XX, NUL, or bytes that are not UTF-8, in any name or value. A part
/// without '=' is a name with an empty value.
std::optional<Form> parseForm(std::string_view text);

/// Does the request carry such a text? The media type has no case, parameters do not matter (RFC
/// 9110 section 8.3.1).
bool isForm(const HttpRequest& request);

/// Writes fields in their order; a space becomes %20.
std::string writeForm(const std::vector<Form::Field>& fields);

/// The address with this query, behind the one that it has (RFC 3986 section 3.4).
std::string withQuery(std::string_view address, std::string_view query);

}  // namespace gatehouse
