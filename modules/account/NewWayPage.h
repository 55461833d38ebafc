// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "AccountDesk.h"
#include "WaysPage.h"

#include <string>
#include <string_view>

namespace gatehouse {

/// Sets up another thing to prove with, on the pages of its login step. What the step keeps from
/// one to the next goes along in the address, sealed for this person and step.
class NewWayPage {
public:
    static constexpr const char* path = "/account/ways/new";

    NewWayPage(const AccountDesk& desk, const WaysPage& ways) : desk_(desk), ways_(ways) {}

    static std::string pathOf(const WaysPage::Way& way);

    HttpResponse show(const Context& context, const HttpRequest& request) const;
    HttpResponse post(const Context& context, const HttpRequest& request) const;

private:
    /// What is under way.
    struct Setup {
        Holder holder;
        const WaysPage::Way* way;
        LoginState state;
    };
    Result<Setup, HttpResponse> begin(const Context& context, const HttpRequest& request) const;
    HttpResponse ask(const Context& context, const HttpRequest& request, Setup& setup,
                     std::string_view message) const;
    HttpResponse showPage(const Context& context, const HttpRequest& request, const Setup& setup,
                          Page page, std::string_view message) const;
    std::string seal(const Context& context, const Setup& setup) const;
    ValueMap open(const Context& context, const Setup& setup, std::string_view sealed) const;

    const AccountDesk& desk_;
    const WaysPage& ways_;
};

}  // namespace gatehouse
