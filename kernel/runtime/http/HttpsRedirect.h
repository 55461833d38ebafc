// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/HttpExchange.h"

namespace gatehouse {

/// What plain HTTP gets where TLS is wanted: a browser on its way to a page is sent to the issuer's
/// https URL (308), everybody else gets 400, so that no client goes on sending secrets in the
/// clear. The exchange is admitted.
HttpResponse httpsWanted(const HttpExchange& exchange);

}  // namespace gatehouse
