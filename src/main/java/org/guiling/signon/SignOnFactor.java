package org.guiling.signon;

/** The factor that somebody showed beside their password, or that the provider vouched for. */
public enum SignOnFactor {
    NONE,
    /** A code of their device, or one of the recovery codes. */
    CODE,
    /** One that the provider asked for. */
    PROVIDERS
}
