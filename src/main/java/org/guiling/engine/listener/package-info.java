/** Execution listeners of start events. A model names each by its bean name. */
package org.guiling.engine.listener;
