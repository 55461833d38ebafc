// SPDX-License-Identifier: Apache-2.0
package stock;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.http.ResponseEntity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * An API for access tokens that are JWTs. Spring Security checks signature, issuer, times and audience, DPoP proofs,
 * and the certificate that a token is bound to; application.properties says whose tokens.
 */
@SpringBootApplication
@RestController
public class Stock {

    static final String TWO_FACTORS = "urn:gatehouse:acr:two-factors";

    @Value("${spring.security.oauth2.resourceserver.jwt.issuer-uri}")
    String issuer;

    @Value("${spring.security.oauth2.resourceserver.jwt.audiences}")
    String resource;

    @Bean
    SecurityFilterChain chain(HttpSecurity http) throws Exception {
        return http.csrf(csrf -> csrf.disable())
                .authorizeHttpRequests(all -> all
                        .requestMatchers("/.well-known/oauth-protected-resource").permitAll()
                        .anyRequest().authenticated())
                .oauth2ResourceServer(server -> server.jwt(jwt -> {}))
                .build();
    }

    /** Access tokens have a typ of their own (RFC 9068), which is not what Spring looks for unless it is told to. */
    @Bean
    JwtDecoder decoder() {
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withIssuerLocation(issuer).validateType(false).build();
        decoder.setJwtValidator(JwtValidators.createDefaultWithValidators(List.of(
                new JwtTypeValidator("at+jwt"), new JwtIssuerValidator(issuer), new JwtAudienceValidator(resource))));
        return decoder;
    }

    @GetMapping("/stock")
    Map<String, Object> stock(@AuthenticationPrincipal Jwt token) {
        return Map.of("sub", token.getSubject(), "apples", 12);
    }

    /** Wants two factors, and a login of the last five minutes (RFC 9470). */
    @GetMapping("/orders")
    ResponseEntity<?> orders(@AuthenticationPrincipal Jwt token) {
        Instant login = token.getClaimAsInstant("auth_time");
        boolean isFresh = login != null && login.isAfter(Instant.now().minus(Duration.ofMinutes(5)));
        if (isFresh && TWO_FACTORS.equals(token.getClaimAsString("acr"))) {
            return ResponseEntity.ok(Map.of("orders", List.of()));
        }
        return ResponseEntity.status(401)
                .header("WWW-Authenticate", "Bearer error=\"insufficient_user_authentication\", acr_values=\""
                        + TWO_FACTORS + "\", max_age=\"300\"")
                .build();
    }

    /** RFC 9728. */
    @GetMapping("/.well-known/oauth-protected-resource")
    Map<String, Object> metadata() {
        return Map.of("resource", resource, "authorization_servers", List.of(issuer),
                "bearer_methods_supported", List.of("header"), "dpop_bound_access_tokens_required", false,
                "tls_client_certificate_bound_access_tokens", true);
    }

    public static void main(String[] arguments) {
        SpringApplication.run(Stock.class, arguments);
    }
}
