// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

namespace gatehouse {

/// A password, and its hash as another program wrote it.
struct HashVector {
    const char* scheme;
    std::string_view password;
    std::string_view hash;
};

constexpr std::string_view plain = "correct horse";
constexpr std::string_view wide = "k\u00e4se 7 \u2615";

/// Made by passlib, bcrypt, argon2-cffi, Django and libxcrypt; those of .NET, Drupal, WordPress and
/// Keycloak with Python's hashlib, as these write them.
constexpr std::array<HashVector, 39> hashVectors{{
    {"bcrypt", plain, R"($2a$04$ZsCyQD.5Kx3HIDDZPTVGkeNtJp5/x9B.BKQ05m6puAUDGdzWUbw4K)"},
    {"bcrypt", plain, R"($2b$04$AkF.TvpZrM3GxjzcXDOsw.gmP3OZ7wQZ6yv2BBusfxt6WPxAHTcUy)"},
    {"bcrypt", plain, R"($2y$04$.aJR6xiWO8Ro7wGd1b9et.nysWJln0tKfFfeSzki0uK3Hl2VCdBpS)"},
    {"bcrypt", wide, R"($2b$04$Fyfiars8PhZfVClTwv1lmuBi4eHir.sJLcFimC1qBu7yb/jrlCISW)"},
    {"bcrypt", plain, R"(bcrypt$$2b$04$XGEbFqyG0HvHdQxN9QH8Kuxp/NQLFWwnh.EeMagdAxCadFMgwW9Zq)"},
    {"bcrypt", plain, R"({CRYPT}$2b$04$XGEbFqyG0HvHdQxN9QH8Kuxp/NQLFWwnh.EeMagdAxCadFMgwW9Zq)"},
    {"bcrypt", plain,
     R"(bcrypt_sha256$$2b$04$fnLt/oBHRhTXqky/FqMs0eOmUNFkGQxf3/FH2mOmP2SFp.H7aBWLi)"},
    {"bcrypt", plain, R"($wp$2y$04$IBVPn0OpABzA/bVpR8Nq0.zCRoYTKLQP284hCO/lAK5eA0iJsnXXm)"},
    {"scrypt", plain,
     R"($scrypt$ln=4,r=8,p=1$RyiFkNK6t5bS+t87p9Sacw$I9la6XkFlyE+8pNq7cZl9LXP9ixYGAnf+p2Pi4koHm4)"},
    {"scrypt", plain,
     R"(scrypt$16$saltsaltsalt$8$5$D/pBIWusDviqzNsw+L+ltmYeqAZJ3J80lfwKdamYrQRC2Y4U7VDlPREIF5ltFGiyF5EYo+DhnNubM3s9OgIqkQ==)"},
    {"pbkdf2", plain,
     R"(pbkdf2_sha256$1000$abcdefghijkl$0zdgqPwvrX5uWgeujZ5fdcMXA2ja2gN9VYtiAbPFU+8=)"},
    {"pbkdf2", wide, R"(pbkdf2_sha1$1000$abcdefghijkl$8QwbBo+9RxqtKbvMeNEuZcDbyBs=)"},
    {"pbkdf2", plain,
     R"($pbkdf2-sha256$1000$1/pfy9mbk/I.5zwH4Lw3Rg$igjgdVfC05UineF/YmrUfXjxbqRoFQ94XKVRNAxEWCo)"},
    {"pbkdf2", plain,
     R"($pbkdf2-sha512$1000$tpYyhpAy5hxD6B1jrPX.Pw$6rsC4chmy3l/fZG5Vsiet4Cs3/Pnt8XEXPdDPx3tsmXG.N70/p5LkfGfl04J.sw8xKXzObd4/N1FjkzBjN/t7g)"},
    {"pbkdf2", plain, R"($pbkdf2$1000$t7ZWyjmnNOYcg5CSspbyPg$DGGhp87RWoAJccNriDm4yru9qEw)"},
    {"pbkdf2", plain,
     R"({PBKDF2-SHA256}1000$GuO8lzLmfC8FQGjNWct5Tw$uv8yCyT9EJOGVMBkOohSIrFujcpNzgGVaQ8.n.N7Aq0)"},
    {"pbkdf2", plain, R"(AAABAgMEBQYHCAkKCwwNDg+d2FbDdriytxO2vgdAVMuIpGVW4BGF6o0NJn8znGUhaQ==)"},
    {"pbkdf2", plain,
     R"(AQAAAAAAAAPoAAAAEAABAgMEBQYHCAkKCwwNDg+d2FbDdriytxO2vgdAVMuIpGVW4BGF6o0NJn8znGUhaQ==)"},
    {"pbkdf2", plain,
     R"(AQAAAAEAAAPoAAAAEAABAgMEBQYHCAkKCwwNDg/JFMxPBsxuj0bRV+Ohtap6vO67F7sERM1MSsFsoq6YZA==)"},
    {"pbkdf2", plain,
     R"(AQAAAAIAAAPoAAAAEAABAgMEBQYHCAkKCwwNDg9enHTtaNXHi8Ii+uYFGPy46hVW0aomq1S/YnluGLNJCw==)"},
    {"sha_crypt", plain,
     R"($5$rounds=1000$G0KS1cyZ2NsTyJcX$xRE491/ZaUlloso5ky5M/E7L/aP/KP9EUfIM6/vAhd/)"},
    {"sha_crypt", plain,
     R"($6$xTXPrc8L0n6vs9DS$kBaLHF97RiDxdzjEx6TMTQ23Vb85M.3j03OOMcPxwAOT7O.X2ZrNJJcVcXZY6c2uuaKT5.QgrDyw.AZ8ywaLk/)"},
    {"sha_crypt", wide,
     R"($6$rounds=1000$saltstring$Jt4TQpA0LCF1kkFiixfm7//ikMEJl3Ru9q93.HAUpe/S6JRQZ571CaYsZat8il9sWt2X6ALyqJKx6EPHm2quk.)"},
    {"yescrypt", plain, R"($y$j75$abcdefgh$Jakf0CHhzdQOivqISxvBXCIRIaxY0Fs1wJGsJSurry/)"},
    {"yescrypt", wide, R"($y$j9T$abcdefgh$3DU.QXXUNp2SUolA1WJsCxYDUJixKKlcbKDlch8JlS4)"},
    {"scrypt", plain, R"($7$26..../....abcdefgh$nkjj.cvspH4WHJo8ZQ/8U5qgqDfQwDOgjOS9VgWcfh4)"},
    {"phpass", plain, R"($P$55FI4wky9tSq0pQ8ugxWdO.0QJjnmW/)"},
    {"phpass", wide, R"($H$6G7bZpHLbkh8a7wQUrkeWnc6p4jpmH0)"},
    {"drupal7", plain, R"($S$5abcdEFGHYpT/eoSdwaMGR8K7A.L4q3CuGrFAi1ECYERaDaZEppz)"},
    {"ssha", plain, R"({SSHA}o6/HNqJe0yQf2CndML41M0ui3ilNKYUw)"},
    {"ssha", plain, R"({SSHA256}GOo5OKyKEhVSiSX92/BV3/dJyljKea8GcOwNboCZHpgCoNR6L2VsbQ==)"},
    {"ssha", wide,
     R"({SSHA512}sJzoDEKBz7eBe+vMe47myXLjoNO1xIQfqbcN7Yt5U0j+1zZ8WMYQj2XQyJ0j2ItVYJjfRSgNVBsRuXlgXc1qhVirNSYEoLR2)"},
    {"argon2", plain,
     R"($argon2id$v=19$m=64,t=1,p=1$CHzna46xh/XSmGncj3GIjg$MI6r4N0OucpPZi0kU7T3Ue9AEf0DnWwECCngH+mMDRw)"},
    {"argon2", plain,
     R"($argon2i$v=19$m=64,t=1,p=1$WKjoEWn1gUSB3Ep7eXNjWA$RqXVIxxh4sQNYnAwj9KzvjBXIvrdAR3dnoTV8jfO4rs)"},
    {"argon2", plain,
     R"($argon2d$v=19$m=64,t=1,p=1$1i733OfHD15ZSLrs0xdJ7g$W6PmLJ/T+c3D363iFpEB2dphH/uQOILfawiwa4L+BcM)"},
    {"argon2", plain,
     R"(argon2$argon2id$v=19$m=64,t=1,p=1$WtQIkjxkggO0pRTcM/2uAg$7FdLgkQtc/T6sxyzUcO8uZV9G5Yh+fTdARhWDOe7Oa8)"},
    {"argon2", plain,
     R"({ARGON2}$argon2id$v=19$m=64,t=1,p=1$WtQIkjxkggO0pRTcM/2uAg$7FdLgkQtc/T6sxyzUcO8uZV9G5Yh+fTdARhWDOe7Oa8)"},
    {"pbkdf2", plain,
     R"({"secretData": "{\"value\": \"yRTMTwbMbo9G0VfjobWqerzuuxe7BETNTErBbKKumGQVykgYqFUkGDPSqmamlmDo91gX1JZ69LgWiJuFkmT+UQ==\", \"salt\": \"AAECAwQFBgcICQoLDA0ODw==\", \"additionalParameters\": {}}", "credentialData": "{\"hashIterations\": 1000, \"algorithm\": \"pbkdf2-sha256\", \"additionalParameters\": {}}"})"},
    {"argon2", plain,
     R"({"secretData": {"value": "nIfAaJi8GFFmabVKi5XTbmIpRklNelXCbzkaBAYGjBk=", "salt": "AAECAwQFBgcICQoLDA0ODw=="}, "credentialData": {"hashIterations": 2, "algorithm": "argon2", "additionalParameters": {"hashLength": ["32"], "memory": ["64"], "type": ["id"], "version": ["1.3"], "parallelism": ["1"]}}})"},
}};

}  // namespace gatehouse
