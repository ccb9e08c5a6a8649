/** Signing on by the office's OpenID Connect provider. */
@org.springframework.modulith.NamedInterface("provider")
package org.guiling.signon.provider;
