/**
 * The security log: audit events as they happen, to a file of JSON lines and to a collector by syslog, chained so that what was
 * exported can be verified without the database.
 */
@org.springframework.modulith.NamedInterface("log")
package org.guiling.audit.log;
