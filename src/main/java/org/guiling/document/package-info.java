/**
 * Documents (公文、表单): what is written to a unit about an item, and what is signed on paper, as docx from templates that
 * an office may replace. Everything in them is read from the record.
 */
@org.springframework.modulith.ApplicationModule(
        displayName = "Document",
        allowedDependencies = {
            "item",
            "item::*",
            "supervision",
            "ledger::*",
            "organization",
            "organization::*",
            "engine",
            "engine::*",
            "workflow",
            "workflow::*",
            "calendar",
            "text",
            "customization",
            "limits",
            "time",
            "refusal"
        })
package org.guiling.document;
