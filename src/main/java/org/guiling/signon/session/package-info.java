/** The sessions of signed-on people. */
@org.springframework.modulith.NamedInterface("session")
package org.guiling.signon.session;
