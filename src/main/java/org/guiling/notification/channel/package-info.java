/** The ways out of the house, one class each; a bean exists only where the channel is switched on. */
package org.guiling.notification.channel;
