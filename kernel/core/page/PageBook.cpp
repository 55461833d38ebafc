// SPDX-License-Identifier: Apache-2.0
#include "page/PageBook.h"

namespace gatehouse {

Result<std::unique_ptr<PageBook>> PageBook::load(PageFolders folders, std::string defaultLanguage,
                                                 Overrides overrides, Host& host) {
    auto common = PageRenderer::load(folders, defaultLanguage);
    if (!common) {
        return common.error();
    }
    std::unique_ptr<PageBook> book(
        new PageBook(std::move(folders), std::move(defaultLanguage), std::move(overrides), host));
    book->common_ = *std::move(common);
    return book;
}

PageBook::PageBook(PageFolders folders, std::string defaultLanguage, Overrides overrides,
                   Host& host)
    : folders_(std::move(folders)), defaultLanguage_(std::move(defaultLanguage)),
      overrides_(std::move(overrides)), log_(host.log()),
      own_(host.clock(), [this](IssuerId issuer) { return read(issuer); }) {}

const PageRenderer& PageBook::of(const Issuer& issuer) const {
    if (overrides_.find(issuer.id) == overrides_.end()) {
        return *common_;
    }
    const auto own = own_.of(issuer.id);
    return own ? **own : *common_;
}

Status PageBook::check(const Issuer& issuer) const {
    if (overrides_.find(issuer.id) == overrides_.end()) {
        return done();
    }
    const auto own = load(issuer.id);
    return own ? done() : Status{own.error()};
}

Result<std::unique_ptr<PageRenderer>> PageBook::load(IssuerId issuer) const {
    PageFolders folders = folders_;
    folders.overrides = overrides_.at(issuer);
    return PageRenderer::load(folders, defaultLanguage_);
}

PerIssuer<PageRenderer>::Made PageBook::read(IssuerId issuer) const {
    auto own = load(issuer);
    if (!own) {
        log_.write(Level::error, "issuer without its own pages: " + own.error().detail,
                   {{"issuer", std::int64_t{issuer}}});
        return own.error();
    }
    return std::shared_ptr<const PageRenderer>(*std::move(own));
}

}  // namespace gatehouse
