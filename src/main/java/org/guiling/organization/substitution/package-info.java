/** Substitutes: who acts for whom, and when. */
@org.springframework.modulith.NamedInterface("substitution")
package org.guiling.organization.substitution;
