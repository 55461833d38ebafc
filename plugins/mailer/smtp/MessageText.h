// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/Mailer.h>

#include "SmtpSettings.h"

#include <string>
#include <string_view>

namespace gatehouse {

/// The mail as it goes over the wire (RFC 5322): lines of ASCII that end with CRLF, none longer
/// than 78 characters but for addresses, and none that begins with a dot.
std::string messageText(const Mail& mail, const SmtpSettings& settings);

/// Why the mail cannot be said as it is; empty: it can.
std::string mailProblem(const Mail& mail);

/// A text in a header field, folded: as encoded words (RFC 2047) unless it is plain.
std::string headerText(std::string_view text, bool isPlain);

}  // namespace gatehouse
