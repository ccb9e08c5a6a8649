/**
 * The contracts of the models and forms, free of Camunda: what the code knows of a model's tasks, messages, variables and
 * outcomes, and of a form's fields. A test compares them with the files, both ways.
 */
@org.springframework.modulith.ApplicationModule(
        displayName = "Workflow",
        allowedDependencies = {
            "item",
            "item::*",
            "spotcheck",
            "supervision",
            "organization",
            "organization::*",
            "calendar"
        })
package org.guiling.workflow;
