/**
 * Evidence (佐证材料): the files that show what was done at an item, their hashes and versions, and the stores that keep
 * their content.
 */
@org.springframework.modulith.ApplicationModule(
        displayName = "Evidence",
        allowedDependencies = {
            "item",
            "item::*",
            "organization",
            "organization::*",
            "audit",
            "notification",
            "scan",
            "secret",
            "time",
            "refusal"
        })
package org.guiling.evidence;
