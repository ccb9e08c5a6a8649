/**
 * Files that an office keeps in place of those that are shipped: decision tables, templates of documents, import
 * profiles, message texts, lists of codes. In the database, so that every node has the same; what a file means is the
 * matter of the package that uses it.
 */
@org.springframework.modulith.ApplicationModule(
        displayName = "Customization",
        allowedDependencies = {"item", "item::*", "organization", "organization::*", "audit", "text", "refusal"})
package org.guiling.customization;
