/** The part of FEEL that conditions of forms and cells of decision tables may use, and the end of every evaluation. */
package org.guiling.engine.feel;
