package org.guiling.signon;

/**
 * The second factor that a sign-on passed.
 *
 * @param id that of ours; 0 for the identity provider's own
 */
public record PassedFactor(long id) {

    public static final PassedFactor PROVIDERS = new PassedFactor(0);

    boolean isProviders() {
        return id == PROVIDERS.id;
    }
}
