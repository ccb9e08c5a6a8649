/** Forms of the portal: rendered from form files, and sent once. */
package org.guiling.web.support.form;
