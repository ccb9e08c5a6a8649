/** Changes of units, people and posts: the one way to make them, and what is told of them. */
@org.springframework.modulith.NamedInterface("change")
package org.guiling.organization.change;
