/** The virus scan of uploads (病毒查杀): a ClamAV daemon that is asked before anything is stored. */
@org.springframework.modulith.ApplicationModule(
        displayName = "Scan",
        allowedDependencies = {
            "item",
            "item::*",
            "organization",
            "organization::*",
            "audit",
            "notification",
            "time",
            "refusal"
        })
package org.guiling.scan;
