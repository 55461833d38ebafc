// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/KeepsPlainNames.h>

#include "Broken.h"

namespace gatehouse {

/// Says that what its extension point has in the database is its own: one plugin alone can.
class Keeper final : public With<PlainSink, KeepsPlainNames> {};

}  // namespace gatehouse

BROKEN_PLUGIN(
    "keeps_two", broken.create = []() -> gatehouse::Plugin* { return new gatehouse::Keeper; })
