// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/KeepsAuthenticators.h>

#include "AccountDesk.h"

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// What I prove with that it is me: what login steps keep for people, to be looked at and removed.
class WaysPage {
public:
    static constexpr const char* path = "/account/ways";
    static constexpr const char* removePath = "/account/ways/remove";
    static constexpr const char* cancelPath = "/account/ways/cancel";

    struct Way {
        std::string step;  ///< its instance
        const KeepsAuthenticators* keeper;
    };

    explicit WaysPage(const AccountDesk& desk);

    bool areThere() const noexcept { return !ways_.empty(); }
    /// nullptr: no step of this name keeps anything.
    const Way* find(std::string_view step) const;

    HttpResponse show(const Context& context, const HttpRequest& request) const;
    HttpResponse showRemoval(const Context& context, const HttpRequest& request) const;
    HttpResponse remove(const Context& context, const HttpRequest& request) const;
    HttpResponse cancel(const Context& context, const HttpRequest& request) const;

private:
    /// One thing that the address names, of the person who asks.
    struct Chosen {
        Holder holder;
        const Way* way;
        Authenticator thing;
        std::string path;  ///< its own page
    };
    Result<Chosen, HttpResponse> choose(const Context& context, const HttpRequest& request) const;
    Result<ValueMap> shown(const Context& context, const HttpRequest& request, const Way& way,
                           const FoundUser& person) const;
    ValueMap shown(const Context& context, const HttpRequest& request, const Way& way,
                   const Authenticator& thing) const;
    std::string textOf(const Context& context, const HttpRequest& request, const Way& way,
                       std::string_view rest = {}) const;

    const AccountDesk& desk_;
    std::vector<Way> ways_;
};

}  // namespace gatehouse
