// SPDX-License-Identifier: Apache-2.0
#include "client/ClientSecrets.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class ClientSecretsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ClientSecretsTest);
    CPPUNIT_TEST(anHmacSecretIsLongEnoughToVerify);
    CPPUNIT_TEST(aHashIsNoSecret);
    CPPUNIT_TEST_SUITE_END();

    static std::string problem(const char* method, const std::string& secret) {
        Client client;
        client.authMethod = method;
        return clientSecretProblem(client, Secret(secret));
    }

public:
    void anHmacSecretIsLongEnoughToVerify() {
        CPPUNIT_ASSERT_EQUAL(std::string("client_secret: must have at least 32 characters for "
                                         "client_secret_jwt"),
                             problem("client_secret_jwt", std::string(31, 'x')));
        CPPUNIT_ASSERT_EQUAL(std::string(), problem("client_secret_jwt", std::string(32, 'x')));
        CPPUNIT_ASSERT(!problem("client_secret_basic", std::string(15, 'x')).empty());
        CPPUNIT_ASSERT_EQUAL(std::string(), problem("client_secret_post", std::string(16, 'x')));
    }

    void aHashIsNoSecret() {
        for (const auto* hash :
             {"$2b$12$WApznUPhDubN0oeveSXHp.Yq4T6L5p1Zn1LVqbdpcH9iU6dV8Hc5e",
              "$pbkdf2-sha512$310000$c8p78n7pUMln0jzvd4aK4Q$"
              "JNRBzwAo0ek5qKn50cFzzvE9RXV88h1wJn5KGiHrD0Y",
              "$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHQ$aGFzaA", "$6$salt$hash0123456789",
              "{SSHA}DkMTwBl+a/3DQTxCYEApdUtNXGgdUac3"}) {
            CPPUNIT_ASSERT_MESSAGE(hash, problem("client_secret_basic", hash).find("is the hash") !=
                                             std::string::npos);
        }
        for (const auto* secret :
             {"$ecret$and$more$chars", "Pa$$word-of-16-chars", "{curly}-but-short-ish"}) {
            CPPUNIT_ASSERT_EQUAL(std::string(), problem("client_secret_basic", secret));
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ClientSecretsTest);

}  // namespace gatehouse
