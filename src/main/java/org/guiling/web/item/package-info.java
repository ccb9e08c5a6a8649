/** One item: its page, documents, evidence, requests. */
package org.guiling.web.item;
