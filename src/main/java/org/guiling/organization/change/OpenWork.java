package org.guiling.organization.change;

/** The questions about items that the organization has to ask, without a dependency on the items. */
public interface OpenWork {

    /** True where the person, who may have left, is the handler (承办人) of anything that is open. */
    boolean isHandledBy(String personId);
}
