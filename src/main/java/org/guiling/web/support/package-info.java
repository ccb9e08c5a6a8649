/** Parts that several features of the web share. Features depend on this package and not on each other. */
package org.guiling.web.support;
