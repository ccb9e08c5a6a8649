/** The second factor (第二因素): one-time codes of a person's device, recovery codes, and recovery by two administrators. */
@org.springframework.modulith.NamedInterface("factor")
package org.guiling.signon.factor;
