// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Result.h>

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
    using Overrides =
        std::map<IssuerId, std::string>;  ///< folders of issuers with pages of their own

    /// Fails as PageRenderer::load() does.
    static Result<std::unique_ptr<PageBook>> load(PageFolders folders, std::string defaultLanguage,
                                                  Overrides overrides, Host& host);

    /// As long as the book. An issuer whose own pages cannot be read has those of all: a login in
    /// plain clothes is better than none. The log says why.
    const PageRenderer& of(const Issuer& issuer) const;
    /// What is wrong with an issuer's own pages.
    Status check(const Issuer& issuer) const;

private:
    PageBook(PageFolders folders, std::string defaultLanguage, Overrides overrides, Host& host);
    Result<std::unique_ptr<PageRenderer>> load(IssuerId issuer) const;
    PerIssuer<PageRenderer>::Made read(IssuerId issuer) const;

    const PageFolders folders_;
    const std::string defaultLanguage_;
    const Overrides overrides_;
    Log& log_;
    std::unique_ptr<const PageRenderer> common_;
    mutable PerIssuer<PageRenderer> own_;
};

}  // namespace gatehouse
