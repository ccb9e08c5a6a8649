package org.guiling.signon;

/** What somebody showed beside their password, or was vouched for. */
public enum SignOnFactor {
    NONE,
    /** A code of their device, or one of the recovery codes. */
    CODE,
    /** One that the provider asked for. */
    PROVIDERS
}
