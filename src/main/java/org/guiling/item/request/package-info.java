/** Requests about an item: extension, suspension, withdrawal, decomposition, merger. */
@org.springframework.modulith.NamedInterface("request")
package org.guiling.item.request;
