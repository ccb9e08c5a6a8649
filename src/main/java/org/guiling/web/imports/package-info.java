/** Import and batch review. */
package org.guiling.web.imports;
