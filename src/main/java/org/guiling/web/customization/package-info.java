/** Pages on which an office changes codes, decision tables, import profiles, templates, texts. */
package org.guiling.web.customization;
