/** Helps people with the product: the tour of the portal, and a way to complain or suggest (投诉建议). */
@org.springframework.modulith.ApplicationModule(
        displayName = "Help",
        allowedDependencies = {"item", "item::*", "organization", "organization::*", "time", "refusal"})
package org.guiling.help;
