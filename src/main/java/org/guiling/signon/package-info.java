/** Signing on (登录): passwords, lock-out, second factor, personal access tokens, the office's directory and identity provider. */
@org.springframework.modulith.ApplicationModule(
        displayName = "Sign-on",
        allowedDependencies = {
            "organization",
            "organization::*",
            "item",
            "item::*",
            "audit",
            "notification",
            "secret",
            "refusal"
        })
package org.guiling.signon;
