// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Http.h>

namespace gatehouse::testkit {

/// A request, and the fields of the form that its body is.
struct SentForm {
    HttpRequest request;
    Form form;
};

}  // namespace gatehouse::testkit
