// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/facade/Clients.h>
#include <gatehouse/facade/Consents.h>

#include "AccountDesk.h"

namespace gatehouse {

/// What I allowed to whom, to be taken back.
class SitesPage {
public:
    static constexpr const char* path = "/account/sites";

    explicit SitesPage(const AccountDesk& desk)
        : desk_(desk), clients_(desk.host.one<Clients>()), consents_(desk.host.one<Consents>()) {}

    HttpResponse show(const Context& context, const HttpRequest& request) const;
    HttpResponse post(const Context& context, const HttpRequest& request) const;

private:
    Result<ValueMap> siteOf(const Context& context, const HttpRequest& request,
                            const Consent& consent) const;

    const AccountDesk& desk_;
    const Clients& clients_;
    const Consents& consents_;
};

}  // namespace gatehouse
