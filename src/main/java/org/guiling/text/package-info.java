/** Texts that people read: the message bundles, Chinese first. */
@org.springframework.modulith.ApplicationModule(
        displayName = "Text",
        allowedDependencies = {})
package org.guiling.text;
