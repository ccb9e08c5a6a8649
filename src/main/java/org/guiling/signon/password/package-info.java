/** Signing on by password, local or in the office's directory. */
@org.springframework.modulith.NamedInterface("password")
package org.guiling.signon.password;
