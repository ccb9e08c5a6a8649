/** Notices to a person, and the channels that deliver them. */
package org.guiling.web.notification;
