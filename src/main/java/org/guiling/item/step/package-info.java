/** The five steps of an item, one class each, with their gates. */
@org.springframework.modulith.NamedInterface("step")
package org.guiling.item.step;
