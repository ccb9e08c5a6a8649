/** Signing on by personal access token. */
@org.springframework.modulith.NamedInterface("token")
package org.guiling.signon.token;
