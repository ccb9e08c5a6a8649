/** Records that a step keeps beside the item's row (findings, verifications, sign-offs), and the four eyes that are checked against it. */
@org.springframework.modulith.NamedInterface("record")
package org.guiling.item.record;
