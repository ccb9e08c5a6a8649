/** The timer of an item's supervision. */
package org.guiling.engine.supervision;
