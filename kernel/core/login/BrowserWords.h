// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Http.h>
#include <gatehouse/Value.h>
#include <gatehouse/facade/Sessions.h>

#include <string_view>

namespace gatehouse {

/// What a User-Agent field (RFC 9110 section 10.1.5) stands for, roughly, so that people know their
/// browsers again. Nothing of the field itself is kept. Pure.
Browser browserOf(std::string_view userAgent);

/// What audit events tell of who asks: `browser` and `system`, where they are known. Pure.
void tellBrowser(const HttpRequest& http, ValueMap& details);

}  // namespace gatehouse
