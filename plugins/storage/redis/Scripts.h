// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Script.h"

namespace gatehouse {

// What stands where in Redis, each key after the prefix:
//   r:KIND:KEY                      a record: hash of i(ssuer) v(ersion) f(amily) l(inks) e(xpires)
//   d(ata) l:KIND:ISSUER:SIZE:NAME:VALUE   keys of the records with that link, ordered; SIZE is the
//   name's;
//                                   the empty link has all of the kind
//   f:FAMILY                        KIND:KEY of its records
//   x                               what to remove, by its expiry: ISSUER:KIND:KEY, or n:NOTICE
//   n, n:last                       notices by their number, and the last number given
//   c:KEY                           a counter: hash of n(umber) e(nds)
//   epoch                           hash of run (which process) since (when): nothing was lost
//   after
// Moments are milliseconds by the clock of the server that asks; "" is never. A life time is what
// Redis counts by itself to free memory when nobody comes to remove things: always longer.

/// Batches, each whole or not at all. Answers -1 for each that was applied, otherwise which
/// expectation failed and, when there is one, the record found.
const Script& applyScript();
/// A page of records: where to go on, then key and record in turn.
const Script& listScript();
/// Adds one to a counter.
const Script& countScript();
/// Removes what has expired; answers how many.
const Script& dropScript();

}  // namespace gatehouse
