/**
 * The contracts of the models, free of Camunda: the tasks, messages, variables and
 * outcomes of each. A test compares them with the files, both ways.
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
