/** The way from the first factor to a session, and the filters on it. */
@org.springframework.modulith.NamedInterface("step")
package org.guiling.signon.step;
