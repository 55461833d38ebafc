// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "AccountDesk.h"

namespace gatehouse {

/// Name and e-mail address, where the person's store can be changed.
class ProfilePage {
public:
    static constexpr const char* path = "/account/profile";

    explicit ProfilePage(const AccountDesk& desk) : desk_(desk) {}

    HttpResponse show(const Context& context, const HttpRequest& request) const;
    HttpResponse post(const Context& context, const HttpRequest& request) const;

private:
    struct Typed {
        std::string name;
        std::string email;
    };
    HttpResponse ask(const Context& context, const HttpRequest& request, const Holder& holder,
                     const Typed& typed, const char* problem) const;
    HttpResponse save(const Context& context, const HttpRequest& request, const Holder& holder,
                      const Typed& typed) const;

    const AccountDesk& desk_;
};

}  // namespace gatehouse
