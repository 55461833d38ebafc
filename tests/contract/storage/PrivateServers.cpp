// SPDX-License-Identifier: Apache-2.0
#include "PrivatePostgres.h"

namespace gatehouse {

const char* const privatePostgresql = TESTS_DIR "/private_postgresql";
const char* const privateMariadb = TESTS_DIR "/private_mariadb";
const char* const privateSlapd = TESTS_DIR "/private_slapd";

}  // namespace gatehouse
