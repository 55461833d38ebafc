// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Result.h>

#include "page/Branding.h"
#include "page/PageFiles.h"
#include "page/PageRenderer.h"
#include "store/PerIssuer.h"

#include <map>
#include <memory>
#include <string>

namespace gatehouse {

/// The pages of each issuer: those of all, or those it has of its own, which are read when it is
/// first asked for. Threads: any.
class PageBook {
public:
    /// How an issuer's pages differ from those of all; what is empty does not.
    struct OwnLooks {
        std::string overrides;  ///< a folder
        Branding branding;

        bool empty() const { return overrides.empty() && branding.empty(); }
    };
    using Looks = std::map<IssuerId, OwnLooks>;

    /// Fails as PageRenderer::load() does.
    static Result<std::unique_ptr<PageBook>> load(PageFolders folders, std::string defaultLanguage,
                                                  Branding branding, Looks looks, Host& host);

    /// As long as the book. An issuer whose own pages cannot be read has those of all: a login in
    /// plain clothes is better than none. The log says why.
    const PageRenderer& of(const Issuer& issuer) const;
    /// What is wrong with an issuer's own pages.
    Status check(const Issuer& issuer) const;

private:
    PageBook(PageFolders folders, std::string defaultLanguage, Branding branding, Looks looks,
             Host& host);
    Result<std::unique_ptr<PageRenderer>> load(IssuerId issuer) const;
    PerIssuer<PageRenderer>::Made read(IssuerId issuer) const;

    const PageFolders folders_;
    const std::string defaultLanguage_;
    const Branding branding_;
    const Looks looks_;
    Log& log_;
    std::unique_ptr<const PageRenderer> common_;
    mutable PerIssuer<PageRenderer> own_;
};

}  // namespace gatehouse
