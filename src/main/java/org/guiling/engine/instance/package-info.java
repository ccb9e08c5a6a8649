/** Process instances of an item: finding, moving and starting them. */
package org.guiling.engine.instance;
