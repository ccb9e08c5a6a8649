/** Java delegates of the service tasks. A model names each by its bean name. */
package org.guiling.engine.delegate;
