// SPDX-License-Identifier: Apache-2.0
#include "jose/JwkKey.h"

#include "text/Base64Url.h"

#include <openssl/core_names.h>
#include <openssl/param_build.h>
#include <openssl/params.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace gatehouse {

namespace {

using ParameterBuilder = std::unique_ptr<OSSL_PARAM_BLD, Freed<OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, Freed<OSSL_PARAM_free>>;

constexpr int leastRsaBits = 2048;
constexpr int mostRsaBits = 8192;
constexpr int mostExponentBits = 64;

struct Curve {
    std::string_view name;
    const char* group;
    std::size_t size;
};
constexpr std::array<Curve, 3> curves{
    {{"P-256", "P-256", 32}, {"P-384", "P-384", 48}, {"P-521", "P-521", 66}}};

std::size_t sizeOf(std::string_view name) {
    const auto found = std::find_if(curves.begin(), curves.end(),
                                    [name](const Curve& curve) { return curve.name == name; });
    return found == curves.end() ? 0 : found->size;
}

Error refused(const char* why) {
    ERR_clear_error();
    return Error::badInput(why);
}

std::string member(const ValueMap& jwk, std::string_view name) {
    return fromBase64url(jwk.text(name)).value_or(std::string());
}

BigNumber numberOf(std::string_view bytes) {
    return BigNumber(BN_bin2bn(bytesOf(bytes), static_cast<int>(bytes.size()), nullptr));
}

Key makeKey(const char* type, OSSL_PARAM* parameters) {
    const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
    EVP_PKEY* key = nullptr;
    if (context == nullptr || parameters == nullptr || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters) != 1) {
        ERR_clear_error();
        return nullptr;
    }
    return Key(key);
}

bool isSane(const BIGNUM* modulus, const BIGNUM* exponent) {
    return BN_num_bits(modulus) >= leastRsaBits && BN_num_bits(modulus) <= mostRsaBits &&
           BN_is_odd(modulus) == 1 && BN_is_odd(exponent) == 1 && BN_is_one(exponent) == 0 &&
           BN_num_bits(exponent) <= mostExponentBits;
}

Result<Key> rsaKey(const ValueMap& jwk) {
    const auto modulus = numberOf(member(jwk, "n"));
    const auto exponent = numberOf(member(jwk, "e"));
    if (modulus == nullptr || exponent == nullptr || !isSane(modulus.get(), exponent.get())) {
        return refused("an RSA key of 2048 to 8192 bits with an odd exponent is needed");
    }
    const ParameterBuilder builder(OSSL_PARAM_BLD_new());
    if (builder == nullptr ||
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get()) != 1 ||
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get()) != 1) {
        return refused("cannot build the RSA key");
    }
    const Parameters parameters(OSSL_PARAM_BLD_to_param(builder.get()));
    auto key = makeKey("RSA", parameters.get());
    return key == nullptr ? Result<Key>(refused("not an RSA key")) : Result<Key>(std::move(key));
}

Key pointKey(const char* group, std::string point) {
    std::string name = group;
    std::array<OSSL_PARAM, 3> parameters{
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, name.data(), 0),
        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()),
        OSSL_PARAM_construct_end()};
    return makeKey("EC", parameters.data());
}

bool isOnCurve(EVP_PKEY* key) {
    const KeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
    return context != nullptr && EVP_PKEY_public_check_quick(context.get()) == 1;
}

Result<Key> ecKey(const ValueMap& jwk) {
    for (const auto& curve : curves) {
        if (curve.name != jwk.text("crv")) {
            continue;
        }
        const auto x = member(jwk, "x");
        const auto y = member(jwk, "y");
        if (x.size() != curve.size || y.size() != curve.size) {
            return refused("the coordinates have the wrong length for the curve");
        }
        std::string point = "\x04";  // uncompressed
        point += x;
        point += y;
        auto key = pointKey(curve.group, std::move(point));
        if (key == nullptr || !isOnCurve(key.get())) {
            return refused("the point is not on the curve");
        }
        return key;
    }
    return refused("unknown elliptic curve");
}

/// A point of order 1 to 8, in any encoding and with either sign: under such a key one signature
/// holds for many texts, or for all.
bool isOfSmallOrder(std::string point) {
    constexpr std::array<std::string_view, 7> points{"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                                                     "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                                                     "JuiVj8KyJ7BFw_SJ8u-Y8NXfrAXTxjM5sTgCiG1T_AU",
                                                     "xxdqcD1N2E-6PAt2DRBnDyogU_osOczGTsf9d5KsA3o",
                                                     "7P_______________________________________38",
                                                     "7f_______________________________________38",
                                                     "7v_______________________________________38"};
    point.back() = static_cast<char>(point.back() & 0x7f);  // the sign
    return std::find(points.begin(), points.end(), base64url(point)) != points.end();
}

Result<Key> edwardsKey(const ValueMap& jwk) {
    constexpr std::size_t size = 32;
    const auto x = member(jwk, "x");
    if (jwk.text("crv") != "Ed25519" || x.size() != size) {
        return refused("an Ed25519 key of 32 bytes is needed");
    }
    if (isOfSmallOrder(x)) {
        return refused("the Ed25519 key is a point of small order");
    }
    Key key(EVP_PKEY_new_raw_public_key_ex(nullptr, "ED25519", nullptr, bytesOf(x), x.size()));
    return key == nullptr ? Result<Key>(refused("not an Ed25519 key"))
                          : Result<Key>(std::move(key));
}

/// A number member as base64url, left-padded to `size`; as short as can be when that is 0.
std::string numberMember(EVP_PKEY* key, const char* name, std::size_t size) {
    BIGNUM* found = nullptr;
    if (EVP_PKEY_get_bn_param(key, name, &found) != 1) {
        return {};
    }
    const BigNumber number(found);
    std::string bytes(std::max(size, static_cast<std::size_t>(BN_num_bytes(found))), '\0');
    BN_bn2binpad(found, reinterpret_cast<unsigned char*>(bytes.data()),
                 static_cast<int>(bytes.size()));
    return base64url(bytes);
}

std::string rawPublic(EVP_PKEY* key) {
    std::array<unsigned char, 32> bytes{};
    std::size_t size = bytes.size();
    if (EVP_PKEY_get_raw_public_key(key, bytes.data(), &size) != 1) {
        return {};
    }
    return base64url(std::string_view(reinterpret_cast<const char*>(bytes.data()), size));
}

}  // namespace

Result<Key> keyFromJwk(const ValueMap& jwk) {
    const auto type = jwk.text("kty");
    if (type == "RSA") {
        return rsaKey(jwk);
    }
    if (type == "EC") {
        return ecKey(jwk);
    }
    if (type == "OKP") {
        return edwardsKey(jwk);
    }
    return refused("a key of type RSA, EC or OKP is needed");
}

Result<ValueMap> jwkFromKey(EVP_PKEY* key, std::string_view keyType, std::string_view curve) {
    ValueMap jwk{{"kty", keyType}};
    if (!curve.empty()) {
        jwk.set("crv", curve);
    }
    if (keyType == "RSA") {
        jwk.set("n", numberMember(key, OSSL_PKEY_PARAM_RSA_N, 0));
        jwk.set("e", numberMember(key, OSSL_PKEY_PARAM_RSA_E, 0));
    } else if (keyType == "EC") {
        jwk.set("x", numberMember(key, OSSL_PKEY_PARAM_EC_PUB_X, sizeOf(curve)));
        jwk.set("y", numberMember(key, OSSL_PKEY_PARAM_EC_PUB_Y, sizeOf(curve)));
    } else {
        jwk.set("x", rawPublic(key));
    }
    // Reading it back shows that the key is sane and of that type.
    const auto again = keyFromJwk(jwk);
    if (!again) {
        return again.error();
    }
    return jwk;
}

}  // namespace gatehouse
