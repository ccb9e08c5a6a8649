/** Rules of limits, due dates, requests and four eyes. */
@org.springframework.modulith.NamedInterface("rule")
package org.guiling.item.rule;
