// SPDX-License-Identifier: Apache-2.0
#include "FakeKeyStore.h"
#include "crypto/KeyedCrypto.h"
#include "jose/CompactJws.h"
#include "jose/JoseService.h"
#include "jose/VerificationKey.h"
#include "json/Json.h"
#include "text/Base64Url.h"

#include <cppunit/extensions/HelperMacros.h>

#include <string>

namespace gatehouse {

/// The worked examples of RFC 7515 appendix A and RFC 8037 appendix A.
class RfcVectorsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RfcVectorsTest);
    CPPUNIT_TEST(hs256OfRfc7515HoldsUnderItsSecret);
    CPPUNIT_TEST(rs256OfRfc7515HoldsUnderItsKey);
    CPPUNIT_TEST(es256OfRfc7515HoldsUnderItsKey);
    CPPUNIT_TEST(es512OfRfc7515HoldsUnderItsKey);
    CPPUNIT_TEST(eddsaOfRfc8037HoldsUnderItsKey);
    CPPUNIT_TEST(theUnsecuredJwsOfRfc7515IsVerifiedByNothing);
    CPPUNIT_TEST_SUITE_END();

    FakeKeyStore store_;
    KeyedCrypto crypto_{Secret(std::string(32, 'r'))};
    JoseService jose_{store_, crypto_};

    const std::string claims_ = "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcG"
                                "xlLmNvbS9pc19yb290Ijp0cnVlfQ";
    const std::vector<std::string> all_{"HS256", "RS256", "ES256", "ES512", "EdDSA", "none"};

    static Value setOf(const ValueMap& jwk) { return ValueMap{{"keys", ValueList{jwk}}}; }

    void holds(const ValueMap& jwk, const std::string& text) {
        const auto jwt = jose_.verifyWith(setOf(jwk), all_, text);
        CPPUNIT_ASSERT(jwt);
        CPPUNIT_ASSERT_EQUAL(std::string("joe"), std::string(jwt->claims.text("iss")));
        CPPUNIT_ASSERT(*jwt->claims.find("exp") == Value(1300819380));
        CPPUNIT_ASSERT(*jwt->claims.find("http://example.com/is_root") == Value(true));
    }

    /// The payloads of these are no JSON, so that no JWT is behind them.
    static bool isSignedBy(const ValueMap& jwk, const std::string& text) {
        const auto jws = parseJws(text);
        const auto key = VerificationKey::fromJwk(jwk);
        CPPUNIT_ASSERT(jws && key);
        return key->verify(jws->header.text("alg"), jws->signingInput, jws->signature);
    }

public:
    void hs256OfRfc7515HoldsUnderItsSecret() {
        const Secret secret(*fromBase64url("AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-"
                                           "1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"));
        const auto text = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9." + claims_ +
                          ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        const auto jwt = jose_.verifyWith(secret, all_, text);
        CPPUNIT_ASSERT(jwt);
        CPPUNIT_ASSERT_EQUAL(std::string("joe"), std::string(jwt->claims.text("iss")));
        CPPUNIT_ASSERT_EQUAL(std::string("JWT"), std::string(jwt->header.text("typ")));
    }

    void rs256OfRfc7515HoldsUnderItsKey() {
        const auto jwk =
            *parseJson(
                 R"({"kty":"RSA",)"
                 R"("n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2m)"
                 R"(JPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL)"
                 R"(-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3q)"
                 R"(Co5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54)"
                 R"(h4FRWyuXpoQ",)"
                 R"("e":"AQAB"})")
                 ->map();
        holds(jwk, "eyJhbGciOiJSUzI1NiJ9." + claims_ +
                       ".cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-"
                       "0Qc_lF5YKt_O8W2Fp5jujGbds9"
                       "uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_"
                       "nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_"
                       "eSN9383LcOLn6_dO--xi12jzDwusC-"
                       "eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt"
                       "5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw");
    }

    void es256OfRfc7515HoldsUnderItsKey() {
        const auto jwk = *parseJson(R"({"kty":"EC",)"
                                    R"("crv":"P-256",)"
                                    R"("x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
                                    R"("y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"})")
                              ->map();
        holds(jwk, "eyJhbGciOiJFUzI1NiJ9." + claims_ +
                       ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-"
                       "F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q");
    }

    void es512OfRfc7515HoldsUnderItsKey() {
        const auto jwk =
            *parseJson(
                 R"({"kty":"EC",)"
                 R"("crv":"P-521",)"
                 R"("x":"AekpBQ8ST8a8VcfVOTNl353vSrDCLLJXmPk06wTjxrrjcBpXp5EOnYG_NjFZ6OvLFV1jSfS9tsz4qUx)"
                 R"(cWceqwQGk",)"
                 R"("y":"ADSmRA43Z1DSNx_RvcLI87cdL07l6jQyyBXMoxVg_l2Th-x3S1WDhjDly79ajL4Kkd0AZMaZmh9ubmf)"
                 R"(63e3kyMj2"})")
                 ->map();
        CPPUNIT_ASSERT(isSignedBy(jwk, "eyJhbGciOiJFUzUxMiJ9.UGF5bG9hZA.AdwMgeerwtHoh-"
                                       "l192l60hp9wAHZFVJbLfD_UxMi70cwnZOYaRI1bKPWROc-mZZqwqT2SI-"
                                       "KGDKB34XO0aw_"
                                       "7XdtAG8GaSwFKdCAPZgoXD2YBJZCPEX3xKpRwcdOO8KpEHwJjyqOgzDO7iK"
                                       "vU8vcnwNrmxYbSW9ERBXukOXolLzeO_Jn"));
    }

    void eddsaOfRfc8037HoldsUnderItsKey() {
        const auto jwk = *parseJson(R"({"kty":"OKP",)"
                                    R"("crv":"Ed25519",)"
                                    R"("x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})")
                              ->map();
        CPPUNIT_ASSERT(isSignedBy(jwk, "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc."
                                       "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4"
                                       "ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"));
    }

    void theUnsecuredJwsOfRfc7515IsVerifiedByNothing() {
        const auto text = "eyJhbGciOiJub25lIn0." + claims_ + ".";
        const Issuer issuer;
        const Context context{issuer, {}, {}, {}};
        CPPUNIT_ASSERT(!*jose_.verify(context, text));
        CPPUNIT_ASSERT(!jose_.verifyWith(Secret(std::string(32, 's')), all_, text));
        CPPUNIT_ASSERT(!jose_.verifyWith(setOf(sharedKey("RS256").publicJwk("")), all_, text));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RfcVectorsTest);

}  // namespace gatehouse
