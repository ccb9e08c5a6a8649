/** Notices about tasks and items, and the process instances that deliver them. */
package org.guiling.engine.notification;
