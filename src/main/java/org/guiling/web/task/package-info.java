/** Tasks, the to-do list, and the watched tasks. */
package org.guiling.web.task;
