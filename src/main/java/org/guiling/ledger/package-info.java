/**
 * The ledger as a whole (整改台账): files in and out, search, figures. One item at a time is the matter of
 * {@link org.guiling.item}.
 */
@org.springframework.modulith.ApplicationModule(
        displayName = "Ledger",
        allowedDependencies = {
            "item",
            "item::*",
            "organization",
            "organization::*",
            "engine",
            "engine::*",
            "workflow",
            "workflow::*",
            "text",
            "calendar",
            "customization",
            "limits",
            "time",
            "refusal"
        })
package org.guiling.ledger;
