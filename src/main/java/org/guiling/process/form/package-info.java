/** Camunda Forms read and enforced on the server: the same file that Tasklist renders. */
package org.guiling.process.form;
