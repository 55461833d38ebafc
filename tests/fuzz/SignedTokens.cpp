// SPDX-License-Identifier: Apache-2.0
// JWTs of anybody. The keys are those of the examples in RFC 7515 appendix A and RFC 8037
// appendix A, whose tokens are the only ones that were signed with them for this purpose: nothing
// else may verify.
#include <gatehouse/testkit/FakeContext.h>

#include "Fuzz.h"
#include "crypto/KeyedCrypto.h"
#include "jose/CompactJws.h"
#include "jose/JoseService.h"
#include "jose/VerificationKey.h"
#include "json/Json.h"
#include "text/Base64Url.h"

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::fuzz {

namespace {

constexpr const char* keySet =
    R"({"keys":[{"kty":"RSA","kid":"one","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26)"
    R"(mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soM)"
    R"(Zo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uD)"
    R"(Zlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4F)"
    R"(RWyuXpoQ","e":"AQAB"},)"
    R"({"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
    R"("y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"},)"
    R"({"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]})";
constexpr const char* sharedSecret =
    "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow";

const std::string claims =
    ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVl"
    "fQ.";
const std::string hs256 = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9" + claims +
                          "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const std::string rs256 =
    "eyJhbGciOiJSUzI1NiJ9" + claims +
    "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5"
    "jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb"
    "1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QO"
    "YEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";
const std::string es256 =
    "eyJhbGciOiJFUzI1NiJ9" + claims +
    "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
// Its payload is no JSON, so that it is a good JWS and no JWT.
const std::string eddsa =
    "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg"
    "3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";

/// Of an issuer that has signed nothing.
class EmptyKeyStore final : public KeyStore {
public:
    std::vector<std::string_view> algorithms() const override { return {}; }
    Result<std::vector<PublicKey>> publicKeys(const Context& /*context*/) const override {
        return std::vector<PublicKey>{};
    }
    Result<std::string> sign(const Context& /*context*/, std::string_view /*keyId*/,
                             std::string_view /*input*/) const override {
        return Error::unavailable("no keys");
    }
    Status rotate(const Context& /*context*/) override { return done(); }
    Status refresh(const Context& /*context*/) override { return done(); }
};

struct Bed {
    EmptyKeyStore store;
    KeyedCrypto crypto{Secret(std::string(32, 'r'))};
    JoseService jose{store, crypto};
    Value keys = *parseJson(keySet);
    Secret secret{*fromBase64url(sharedSecret)};
    std::vector<std::string> all{"RS256", "PS256", "ES256", "EdDSA", "HS256", "none"};
    std::vector<std::string> others{"PS256", "HS256", "none"};
    std::vector<VerificationKey> verifiers;

    Bed() {
        for (const auto& jwk : *keys.map()->find("keys")->list()) {
            verifiers.push_back(*VerificationKey::fromJwk(*jwk.map()));
        }
        ensure(jose.verifyWith(keys, all, rs256) && jose.verifyWith(keys, all, es256) &&
                   jose.verifyWith(secret, all, hs256) && isSigned(eddsa),
               "what was signed verifies");
    }

    bool isSigned(std::string_view text) const {
        const auto jws = parseJws(text);
        for (const auto& key : verifiers) {
            if (jws && key.verify(jws->header.text("alg"), jws->signingInput, jws->signature)) {
                return true;
            }
        }
        return false;
    }
};

void checkParts(std::string_view text, const CompactJws& jws) {
    const auto dot = text.find('.');
    const auto last = text.rfind('.');
    ensure(base64url(jws.payload) == text.substr(dot + 1, last - dot - 1) &&
               base64url(jws.signature) == text.substr(last + 1) &&
               jws.signingInput == text.substr(0, last),
           "the parts are those of the text, which has no other form");
    ensure(!jws.header.text("alg").empty() && !jws.header.contains("crit"),
           "a header with an algorithm, and nothing critical that is not understood");
}

}  // namespace

void run(std::string_view input) {
    static Bed bed;
    static const testkit::FakeContext context;
    if (const auto jws = parseJws(input)) {
        checkParts(input, *jws);
    }
    ensure(!bed.isSigned(input) || input == rs256 || input == es256 || input == eddsa,
           "no JWS verifies that was not signed");
    ensure(!bed.jose.verifyWith(bed.keys, bed.all, input) || input == rs256 || input == es256,
           "no JWT verifies that was not signed");
    ensure(!bed.jose.verifyWith(bed.keys, bed.others, input), "only with an allowed algorithm");
    ensure(!bed.jose.verifyWith(bed.secret, bed.all, input) || input == hs256,
           "no JWT verifies that was not made with the secret");
    const auto own = bed.jose.verify(context, input);
    ensure(own && !*own, "an issuer without keys has signed nothing");
    const bool isJwt = bed.jose.peek(input).has_value();
    ensure(isJwt || (input != rs256 && input != es256), "what verifies can be looked at");
}

}  // namespace gatehouse::fuzz
