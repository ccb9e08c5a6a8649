/** What files from outside may ask of those who read them. */
package org.guiling.limits;
