/** The sample ledger of the {@code demo} profile: invented items, moved through the real steps by the demo accounts. */
@org.springframework.modulith.ApplicationModule(
        displayName = "Demo",
        allowedDependencies = {
            "item",
            "item::*",
            "organization",
            "organization::*",
            "calendar",
            "engine",
            "engine::*",
            "time"
        })
package org.guiling.demo;
