// SPDX-License-Identifier: Apache-2.0
package site;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A site whose every page wants a login. All it knows of the server is its issuer. */
@SpringBootApplication
@RestController
public class Site {

    @GetMapping("/")
    String greet(@AuthenticationPrincipal OidcUser person) {
        return "logged in as " + person.getSubject() + " " + person.getEmail();
    }

    public static void main(String[] arguments) {
        SpringApplication.run(Site.class, arguments);
    }
}
