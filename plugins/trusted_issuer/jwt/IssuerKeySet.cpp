// SPDX-License-Identifier: Apache-2.0
#include "IssuerKeySet.h"

#include "file/GivenFile.h"
#include "jose/KeySetText.h"

#include <utility>

namespace gatehouse {

namespace {

constexpr FileWish wish{Keeping::own, longestKeySet};

}  // namespace

IssuerKeySet::IssuerKeySet(Host& host, Place place, KnownKeySets::Times times)
    : place_(std::move(place)), fetcher_(host.http().purpose("issuer_keys"), host.clock()),
      known_(host.clock(), times) {}

Status IssuerKeySet::check() const {
    const auto keys = place_.file.empty() ? Result<Value>(Value()) : given();
    return keys ? done() : keys.error();
}

Status IssuerKeySet::load() {
    if (place_.file.empty()) {
        return done();
    }
    auto keys = given();
    if (!keys) {
        return keys.error();
    }
    given_ = std::make_shared<const Value>(*std::move(keys));
    return done();
}

Result<Value> IssuerKeySet::given() const {
    const auto file = readGivenFile(place_.file, wish);
    auto keys = file ? readKeySet(file->text) : Result<Value>(file.error());
    return keys ? keys : Error::badInput("jwks_file: " + place_.file + ": " + keys.error().detail);
}

Result<std::shared_ptr<const Value>> IssuerKeySet::find(const Context& context,
                                                        std::string_view kid) const {
    if (given_ != nullptr) {
        return given_;
    }
    return known_.find("keys\n" + place_.url, kid,
                       [&] { return fetcher_.fetch(context, place_.url); });
}

}  // namespace gatehouse
