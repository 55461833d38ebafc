// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

// Examples of RFC 7516 appendix A.1 and RFC 7520 sections 5.4 and 5.5; their private keys as
// PKCS#8, base64url.

namespace gatehouse::vectors {

constexpr std::string_view rsaKey =
    "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQChqFQihbDQrS6wo245HofjCR_igFRcdPFG-BvjwT4F"
    "W_GR4M2NsLiF7ytRZwmhmZ2zaHszvSKYRWFFTl2Mg1e2qWVcjgMWpwjUOCNP0t7A0PwxbYqt_dKmyT9mSgWeKVqQbKBP"
    "Clne56wf48UAE0hRik6I3Xl2xBGSCvS8SHE33aLZqxs56dJl7JrHOIrvZTDGusqgTG_qRzm3BdOriH5AKEs6WfT-a1Rn"
    "B-xFoxK0-zqZLpeuDGfFtaGiN_rre24RC54YL4UIx-trfoL2ScMUbMqw1rstkrZ2NiDIPclH8wH_g1Qlb9Oo5C3AdhvF"
    "6-gkCub4vlK2jCPMbL79urobAgMBAAECggEBAJC3bSI-hmw5LPwKQkk2ELXpXDbbZSojsj8zK1x3iPspNRe_pKQ8WOPl"
    "mOTVleSp7WhHl0tY_NhN--ccYVjB18r42HnD0_X6cEfzPYFfJ_R64dmp06Uw_dw7etsqVt8g7CcwZ0562LtYsFkYASqx"
    "GGOOqgGSKwNsQMJ5tl-7hkdYYIZKg6dFao95G0gs9V8nwrOvy3oQcLcRyMofEYqcuNKduJqDgG4MVcN68U_75bd1FXuF"
    "jtyZCTs5aVH_ik1SNj7YJvnQEcUxLRPonfuDia9IfivlRbN1Up3VUyM50sX8q4_CCy-jBv1L_GALu1SC0gd5TltPOfuK"
    "hNw84K044MkCgYEA1r52Xk46c-LsfB5P442p7atdPUrxQSy4mti_tZI3Mgf2EuFVbUoDBvaRQ-SWxkbkmoEzL7JXroSB"
    "jSrK3YIQgYdMgyAEPTPjXv_hI2_1eTSPVZfzL0lffNn03IXqWF5MDFuoUYE0hzb2vhrlN_rKrbfDIwUbTrjjgieRbwC6"
    "Cl0CgYEAwLb35x7hmQWZsWJmB_vle87ihgZ19S8lBEROLIsZG4ayZVe9Hi9gDVCOBmUDdaDYVTSNx_8Fyw1YYa9XGrGn"
    "Dew00J28cRUoeBB_jKI1oma0Orv1T9aXIWxKwd4gvxFImOWr3QRL9KEBRzk2RatUBnmDZJTIAfwTs0g68UZHvtcCgYBk"
    "r5jATt2JSHSpHW1HvDxYe2iUPHcxn85OjCIW-B95DdKKt6xeOb2BnkouExe-j67P4pQlYPFLmkVD8zR692jV0qJFONXD"
    "_Hg3KrJc8zmdQs-RylTzbuuelnMAkql2FYCCqtcYoAQJAfRe3i1rOeOd3_NWkCZlmrrRY8wEx8py4QKBgA6tIH4CdQ3R"
    "Rl4i70BGZ7ihDdFFJrCQcZI8nXN4-GWHQYjEQMvOsdLxwo8sHDJWGIOMqAuGGWvYTVXLI6gNxXoi9fa5PIOkJ9vU7dHI"
    "_Kqshac_bzQwVHwgIiVXhEjoyQ2T2B3R2PL9W_qPmdl-bby8fkwnpH-6Mcnig1Kilo4rAoGAVIMpMYbPf47dT1w_zDUX"
    "fPimsSegnMOA1zTaX7aGk_8urY6R8-ZW1FxU7AlWAyLWybqq6t16VFd7hQd0y6flUK4SlOydB61gwanOsXGOAOv82cHq"
    "0E3eL4HrtZkUuKvnPrMnsUUFlfUdybVzxyjz9JF_XyaY14ardLSjf4L_FNY";
constexpr std::string_view rsaOaep =
    "eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkEyNTZHQ00ifQ.OKOawDo13gRp2ojaHV7LFpZcgV7T6DVZKTyKOMTYUmKoT"
    "CVJRgckCL9kiMT03JGeipsEdY3mx_etLbbWSrFr05kLzcSr4qKAq7YN7e9jwQRb23nfa6c9d-StnImGyFDbSv04uVuxI"
    "p5Zms1gNxKKK2Da14B8S4rzVRltdYwam_lDp5XnZAYpQdb76FdIKLaVmqgfwX7XWRxv2322i-vDxRfqNzo_tETKzpVLz"
    "fiwQyeyPGLBIO56YJ7eObdv0je81860ppamavo35UgoRdbYaBcoh9QcfylQr66oc6vFWXRcZ_ZT2LawVCWTIy3brGPi6"
    "UklfCpIMfIjf7iGdXKHzg.48V1_ALb6US04U3b.5eym8TW_c8SuK0ltJ3rpYIzOeDQz7TALvtu6UG9oMo4vpzs9tX_EF"
    "ShS8iB7j6jiSdiwkIr3ajwQzaBtQD_A.XFBoMYUZodetZdvTiFvSkQ";

constexpr std::string_view wrappedKey =
    "MIG2AgEAMBAGByqGSM49AgEGBSuBBAAiBIGeMIGbAgEBBDCJPHamTvBb4aomQdwSQVBvYQXJhw7tG6CZpbeZGtBUA5SI"
    "-iaZPQh2dgrbEOVmH6OhZANiAARhTitFTN2ZWqZG1Y6zY6kMT9Pl-w0ih1wbwbkVY-tM8zLGnOxI4ZpAul7YWnEGa7YD"
    "z7LEIfGR8HPeEpl8jWNRgyNSGwS95n1Me7AWMfawI122SxElTsPn5KSBoUvURM8";
constexpr std::string_view wrapped =
    "eyJhbGciOiJFQ0RILUVTK0ExMjhLVyIsImtpZCI6InBlcmVncmluLnRvb2tAdHVja2Jvcm91Z2guZXhhbXBsZSIsImVw"
    "ayI6eyJrdHkiOiJFQyIsImNydiI6IlAtMzg0IiwieCI6InVCbzRrSFB3Nmtiang1bDB4b3dyZF9vWXpCbWF6LUdLRlp1"
    "NHhBRkZrYllpV2d1dEVLNml1RURzUTZ3TmROZzMiLCJ5Ijoic3AzcDVTR2haVkMyZmFYdW1JLWU5SlUyTW84S3BvWXJG"
    "RHI1eVBOVnRXNFBnRXdaT3lRVEEtSmRhWTh0YjdFMCJ9LCJlbmMiOiJBMTI4R0NNIn0.0DJjBXri_kBcC46IkU5_Jk9B"
    "qaQeHdv2.mH-G2zVqgztUtnW_.tkZuOO9h95OgHJmkkrfLBisku8rGf6nzVxhRM3sVOhXgz5NJ76oID7lpnAi_cPWJRC"
    "jSpAaUZ5dOR3Spy7QuEkmKx8-3RCMhSYMzsXaEwDdXta9Mn5B7cCBoJKB0IgEnj_qfo1hIi-uEkUpOZ8aLTZGHfpl05j"
    "MwbKkTe2yK3mjF6SBAsgicQDVCkcY9BLluzx1RmC3ORXaM0JaHPB93YcdSDGgpgBWMVrNU1ErkjcMqMoT_wtCex3w03X"
    "dLkjXIuEr2hWgeP-nkUZTPU9EoGSPj6fAS-bSz87RCPrxZdj_iVyC6QWcqAu07WNhjzJEPc4jVntRJ6K53NgPQ5p99l3"
    "Z408OUqj4ioYezbS6vTPlQ.WuGzxmcreYjpHGJoa17EBg";

constexpr std::string_view directKey =
    "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgr_kHyZ-a06rmxM3yESK84r1otSg-aQcVStkRhA-iCM-h"
    "RANCAARl7aWhJXfCuugpQ3_jOHAaEKqjdeG7W13hCN5DnAhVHR5S7XVwEWP3-eQN3580Gz3JuoYK9-DKfKfp7s0AhNGc";
constexpr std::string_view direct =
    "eyJhbGciOiJFQ0RILUVTIiwia2lkIjoibWVyaWFkb2MuYnJhbmR5YnVja0BidWNrbGFuZC5leGFtcGxlIiwiZXBrIjp7"
    "Imt0eSI6IkVDIiwiY3J2IjoiUC0yNTYiLCJ4IjoibVBVS1RfYkFXR0hJaGcwVHBqanFWc1AxclhXUXVfdndWT0hIdE5r"
    "ZFlvQSIsInkiOiI4QlFBc0ltR2VBUzQ2ZnlXdzVNaFlmR1RUMElqQnBGdzJTUzM0RHY0SXJzIn0sImVuYyI6IkExMjhD"
    "QkMtSFMyNTYifQ..yc9N8v5sYyv3iGQT926IUg.BoDlwPnTypYq-ivjmQvAYJLb5Q6l-F3LIgQomlz87yW4OPKbWE1zS"
    "TEFjDfhU9IPIOSA9Bml4m7iDFwA-1ZXvHteLDtw4R1XRGMEsDIqAYtskTTmzmzNa-_q4F_evAPUmwlO-ZG45Mnq4uhM1"
    "fm_D9rBtWolqZSF3xGNNkpOMQKF1Cl8i8wjzRli7-IXgyirlKQsbhhqRzkv8IcY6aHl24j03C-AR2le1r7URUhArM79B"
    "Y8soZU0lzwI-sD5PZ3l4NDCCei9XkoIAfsXJWmySPoeRb2Ni5UZL4mYpvKDiwmyzGd65KqVw7MsFfI_K767G9C9Azp73"
    "gKZD0DyUn1mn0WW5LmyX_yJ-3AROq8p1WZBfG-ZyJ6195_JGG2m9Csg.WCCkNa-x4BeB9hIDIfFuhg";

}  // namespace gatehouse::vectors
