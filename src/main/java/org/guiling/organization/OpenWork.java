package org.guiling.organization;

/** What the organization has to know of the items without knowing items. */
public interface OpenWork {

    /** True where the person, who may have left, is the handler (承办人) of anything that is open. */
    boolean isHandledBy(String personId);
}
