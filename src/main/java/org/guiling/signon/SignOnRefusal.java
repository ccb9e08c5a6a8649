package org.guiling.signon;

/** The reasons for refusing a sign-on, as far as the person may know them. */
public enum SignOnRefusal {
    /** Account or secret is wrong, or the account is locked: one answer for all, so that no account is given away. */
    WRONG,
    /** They are who they say, and the organization does not know them. */
    NOT_IN_ORGANIZATION,
    /** The provider gives the name to another account than the person has signed on with before. */
    ANOTHER_SUBJECT,
    /** Too many wrong sign-ons came from the same address. */
    THROTTLED,
    /** The directory or the identity provider does not answer. */
    UNAVAILABLE,
    /** A password alone does not open this account; a script has a token. */
    SECOND_FACTOR,
    /** The code of the second factor is wrong or was used before. */
    CODE_WRONG,
    /** Too many codes were. */
    CODE_LOCKED,
    /** The password is right, but an initial one that nobody used in time. */
    INITIAL_OVER,
    /** Too much time went by between the two factors. */
    EXPIRED;

    /** Of the texts {@code login.*}, and of the login page's parameter. */
    public String key() {
        return this == WRONG ? "error" : name().toLowerCase().replace('_', '-');
    }
}
