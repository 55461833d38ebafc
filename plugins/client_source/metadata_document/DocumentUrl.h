// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace gatehouse {

/// May a client have its document there, and the address as its id: https, a host, a path without
/// "." and ".." in it, no user name, no fragment (draft-ietf-oauth-client-id-metadata-document,
/// "Client Identifier URL"); at most 255 characters, as any client_id.
bool isDocumentUrl(std::string_view text) noexcept;

/// The host of such an address.
std::string_view hostOfDocument(std::string_view url) noexcept;

}  // namespace gatehouse
