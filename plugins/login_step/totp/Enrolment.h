// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/point/LoginStep.h>

#include "Totp.h"

#include <string>
#include <string_view>

namespace gatehouse {

/// A new key, as apps without settings take it.
TotpKey newTotpKey(Random& random);

/// The page that shows a new key: as a picture, as a link, and to be typed.
Page enrolmentPage(const TotpKey& key, std::string_view issuer, std::string_view login);

/// What apps show beside the person's login: the name that is set, or the issuer's host.
std::string issuerName(std::string_view set, const Issuer& issuer);

}  // namespace gatehouse
