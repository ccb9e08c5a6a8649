/** The board and the figures. */
package org.guiling.web.board;
