/** The look-back at a closed item: when it is due, what was found. */
@org.springframework.modulith.NamedInterface("lookback")
package org.guiling.item.lookback;
