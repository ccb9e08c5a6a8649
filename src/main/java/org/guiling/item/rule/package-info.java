/** Rules of limits and due dates. */
@org.springframework.modulith.NamedInterface("rule")
package org.guiling.item.rule;
