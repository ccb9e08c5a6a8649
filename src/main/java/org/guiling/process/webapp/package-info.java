/** What Camunda's web apps and REST need from us: sign-on, form data, answers with the right status. */
package org.guiling.process.webapp;
