// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/facade/Pages.h>

namespace gatehouse {

class Services;

/// See Pages.
class LentPages final : public Pages {
public:
    explicit LentPages(Services& core) : core_(core) {}

    HttpResponse show(const Context& context, const HttpRequest& request, Page page,
                      int status) const override;
    HttpResponse showForm(const Context& context, const HttpRequest& request, Page page,
                          std::string_view purpose) const override;
    bool accepts(const Context& context, const HttpRequest& request, const Form& form,
                 std::string_view purpose) const override;
    HttpResponse message(const Context& context, const HttpRequest& request, std::string_view key,
                         int status) const override;
    HttpResponse error(const Context& context, const HttpRequest& request,
                       const OAuthError& error) const override;
    ValueMap client(const Context& context, const HttpRequest& request,
                    const Client& client) const override;
    std::string scope(const Context& context, const HttpRequest& request,
                      std::string_view scope) const override;
    std::string icon(const Issuer& issuer) const override;
    std::string text(const Context& context, const HttpRequest& request, std::string_view key,
                     const ValueMap& values) const override;

private:
    Services& core_;
};

}  // namespace gatehouse
