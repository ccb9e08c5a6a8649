/** The doors of our own: login, pages, {@code /api}. */
@org.springframework.modulith.ApplicationModule(displayName = "Web")
package org.guiling.web;
